"""Words of a name, and the names made of words. ASCII only: a name is an identifier in the end."""

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+")


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words of a name in any casing: `HTTPServerURL`, `http-server_url` -> `http`, `server`, `url`."""
    return tuple(word.lower() for word in _WORDS.findall(name))


def snake(name: str) -> str:
    """`PurchaseOrder` -> `purchase_order`."""
    return "_".join(words_of(name))


def kebab(name: str) -> str:
    """`PurchaseOrder` -> `purchase-order`."""
    return "-".join(words_of(name))


def pascal(name: str) -> str:
    """`purchase order` -> `PurchaseOrder`."""
    return "".join(word.capitalize() for word in words_of(name))


def title(name: str) -> str:
    """`purchase_order` -> `Purchase Order`."""
    return " ".join(word.capitalize() for word in words_of(name))


def sentence(name: str) -> str:
    """`PurchaseOrder` -> `purchase order`, for use within a sentence."""
    return " ".join(words_of(name))
