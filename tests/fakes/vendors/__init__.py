"""Local servers that speak the wire formats of the vendors of language models, strictly; what they answer is scripted."""

from tests.fakes.vendors.script import (
    Answer,
    Broken,
    Call,
    Cut,
    Empty,
    Filtered,
    HttpFailure,
    Hung,
    Refusal,
    Reply,
    Script,
    Text,
    Truncated,
)
from tests.fakes.vendors.server import VendorServer, vendor_server

__all__ = [
    "Answer",
    "Broken",
    "Call",
    "Cut",
    "Empty",
    "Filtered",
    "HttpFailure",
    "Hung",
    "Refusal",
    "Reply",
    "Script",
    "Text",
    "Truncated",
    "VendorServer",
    "vendor_server",
]
