"""The only place where text becomes Python source. Everything a template prints of a prompt has passed through here."""

import json
import keyword
import re
from collections.abc import Iterable

from apiwright.errors import CompileError

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PRINTABLE = re.compile(r"[^\x20-\x7e]")


class Code(str):
    """Source text that may be printed as it is. Only minting functions make one; see `finalize` in `render`."""

    __slots__ = ()


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
            return Code(_text(value))
        case None | bool():
            return Code(repr(value))
        case int():
            return Code(f"{value:_}" if abs(value) >= 10_000 else str(value))
        case float():
            if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is the number that differs from itself
                raise CompileError(f"{value!r} has no literal")
            return Code(repr(value))
        case list():
            return Code(f"[{', '.join(literal(item) for item in value)}]")  # pyright: ignore[reportUnknownVariableType] - any value
        case tuple():
            inner = ", ".join(literal(item) for item in value)  # pyright: ignore[reportUnknownVariableType] - any value
            return Code(f"({inner},)" if len(value) == 1 else f"({inner})")  # pyright: ignore[reportUnknownArgumentType]
        case dict():
            pairs = (f"{literal(key)}: {literal(item)}" for key, item in value.items())  # pyright: ignore[reportUnknownVariableType] - any value
            return Code(f"{{{', '.join(pairs)}}}")
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

    def part(match: re.Match[str]) -> str:
        value = parts[match[1]]
        if not isinstance(value, Code):  # pyright: ignore[reportUnnecessaryIsInstance] - types are not enforced at run time
            raise CompileError(f"plain text for <{match[1]}> of {template!r}")
        return value

    return Code(re.sub(r"<([a-z_]+)>", part, template))


def _text(value: str) -> str:
    return (
        json.dumps(value, ensure_ascii=False) if value.isprintable() and value.isascii() else f'"{_PRINTABLE.sub(_escape, _quoted(value))}"'
    )


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
