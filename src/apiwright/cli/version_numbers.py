"""Versions as people name them."""

import re

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError


def version_number(text: str) -> int:
    """`v2` or `2` as a number.

    Raises:
        InputError: It is neither.
    """
    if match := re.fullmatch(r"v?([1-9]\d{0,5})", text.strip()):
        return int(match[1])
    raise InputError([Diagnostic(code="version-unclear", where=text, message="This names no version.", hint="Say v1, v2, ...")])
