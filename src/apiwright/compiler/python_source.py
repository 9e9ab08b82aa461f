"""The only place where text becomes Python source. Everything a template prints of a prompt has passed through here."""

import keyword
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import cast

from apiwright.errors import CompileError

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PART = re.compile(r"<([a-z_]+)>")
_PLAIN = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*\Z")
_PRINTABLE = re.compile(r"[^\x20-\x7e]")


class Code(str):
    """Source text that may be printed as it is. Only minting functions make one; see `finalize` in `render`."""

    __slots__ = ()


@lru_cache(maxsize=4096)  # a name stands in some thirty places of its entity's modules
def identifier(name: str) -> Code:
    """`name`, which must be a Python identifier of ASCII letters and no keyword.

    Raises:
        CompileError: It is none; whoever chose the name broke a promise.
    """
    if not _IDENTIFIER.match(name) or keyword.iskeyword(name):
        raise CompileError(f"{name!r} is no Python identifier")
    return Code(name)


def literal(value: object) -> Code:
    """A plain value (None, bool, number, text, list, tuple, dict) as a Python literal, in ASCII, text in double quotes."""
    match value:
        case str():
            return _text(value)
        case None | bool():
            return Code(repr(value))
        case int():
            return Code(f"{value:_}" if abs(value) >= 10_000 else str(value))
        case float():
            if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is the number that differs from itself
                raise CompileError(f"{value!r} has no literal")
            return Code(repr(value))
        case list() | tuple() | dict():
            return _display(cast("list[object] | tuple[object, ...] | dict[object, object]", value))
        case _:
            raise CompileError(f"a {type(value).__name__} has no literal")


def docstring(text: str) -> Code:
    """`text` for within a docstring on one line: no quote can end it, no backslash can start an escape, no line can break it."""
    plain = " ".join(text.split())
    escaped = plain.replace("\\", "\\\\").replace('"', "'")
    return Code(_PRINTABLE.sub(_escape, escaped).replace("\x7f", ""))


def join(parts: Iterable[Code], separator: str = ", ") -> Code:
    """Code between fixed separators."""
    return Code(separator.join(parts))


def source(template: str, /, **parts: Code) -> Code:
    """`template`, a constant of ours, with each `<name>` replaced by that part, which is code already.

    Raises:
        CompileError: A part is plain text.
    """
    pieces = _pieces(template)
    filled = list(pieces)
    for index in range(1, len(pieces), 2):
        value = parts[pieces[index]]
        if not isinstance(value, Code):  # pyright: ignore[reportUnnecessaryIsInstance] - types are not enforced at run time
            raise CompileError(f"plain text for <{pieces[index]}> of {template!r}")
        filled[index] = value
    return Code("".join(filled))


@cache
def _pieces(template: str) -> tuple[str, ...]:
    """What stands between the parts, at even places, and their names, at odd ones."""
    return tuple(_PART.split(template))


def _display(value: list[object] | tuple[object, ...] | dict[object, object]) -> Code:
    if isinstance(value, dict):
        return Code(f"{{{', '.join(f'{literal(key)}: {literal(item)}' for key, item in value.items())}}}")
    inner = ", ".join(literal(item) for item in value)
    if isinstance(value, list):
        return Code(f"[{inner}]")
    return Code(f"({inner},)" if len(value) == 1 else f"({inner})")


@lru_cache(maxsize=4096)  # as names do, in quotes
def _text(value: str) -> Code:
    return Code(f'"{value}"' if _PLAIN.match(value) else f'"{_PRINTABLE.sub(_escape, _quoted(value))}"')


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in _SHORT:
        return _SHORT[code]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_SHORT = {9: "\\t", 10: "\\n", 13: "\\r"}
