"""Time-ordered identifiers."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID of version 7: its first 48 bits are milliseconds since 1970, so rows made later sort later."""
    value = int.from_bytes(os.urandom(16))
    milliseconds = time.time_ns() // 1_000_000
    random_a, random_b = (value >> 64) & 0xFFF, value & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=milliseconds << 80 | 0x7000 << 64 | random_a << 64 | 0b10 << 62 | random_b)
