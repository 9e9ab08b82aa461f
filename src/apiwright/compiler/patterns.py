"""Text that matches a regular expression: the same texts for the same pattern, always.

Covers what people write for codes, names and numbers; what a pattern asks for beyond that ends the list early.
"""

import importlib
import re
from collections.abc import Iterator
from itertools import islice, product
from string import ascii_lowercase, ascii_uppercase, digits, punctuation
from typing import Any

from apiwright.blueprint.validation.patterns import matches

_parser: Any = importlib.import_module("re._parser")  # the module has neither stubs nor a public name
_PREFERRED = ascii_lowercase + ascii_uppercase + digits + "_- " + punctuation
_CATEGORIES = {
    "CATEGORY_DIGIT": digits,
    "CATEGORY_NOT_DIGIT": ascii_lowercase,
    "CATEGORY_WORD": ascii_lowercase + digits,
    "CATEGORY_NOT_WORD": "- .",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": ascii_lowercase + digits,
}
_LONGEST = 300

Slots = list[str]
"""The characters to choose from at each place of a text."""


def matching(pattern: str, *, shortest: int = 0, longest: int = _LONGEST) -> Iterator[str]:
    """Texts of `shortest` to `longest` characters that the whole of `pattern` matches, each once; few vary at the end first."""
    try:
        parsed = list(_parser.parse(pattern))
    except (re.error, RecursionError, OverflowError):
        return
    seen: set[str] = set()
    for extra, branch in product((0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144), range(3)):
        slots = _slots(parsed, extra, branch)
        if slots is None or not shortest <= len(slots) <= longest:
            continue
        for text in islice(_fill(slots), 60):
            if text not in seen and matches(pattern, text):
                seen.add(text)
                yield text


def _fill(slots: Slots) -> Iterator[str]:
    """Every text that the slots allow, the last place varying fastest."""
    head, tail = slots[:-8], slots[-8:]
    start = "".join(options[0] for options in head)
    return (start + "".join(chosen) for chosen in product(*tail))


def _slots(nodes: list[Any], extra: int, branch: int) -> Slots | None:
    slots: Slots = []
    for operator, argument in nodes:
        part = _part(str(operator), argument, extra, branch)
        if part is None or len(slots) + len(part) > _LONGEST:
            return None
        slots += part
    return slots


def _part(operator: str, argument: Any, extra: int, branch: int) -> Slots | None:
    """Slots of one node: `extra` is how often a repetition goes beyond its minimum, `branch` which alternative is taken."""
    match operator:
        case "LITERAL":
            return [chr(argument)]
        case "NOT_LITERAL":
            return [_PREFERRED.replace(chr(argument), "")]
        case "ANY":
            return [ascii_lowercase]
        case "AT":
            return []
        case "IN":
            options = _options(argument)
            return [options] if options else None
        case "BRANCH":
            alternatives = argument[1]
            return _slots(list(alternatives[branch % len(alternatives)]), extra, branch)
        case "SUBPATTERN":
            return _slots(list(argument[-1]), extra, branch)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            lowest, highest, inner = argument
            part = _slots(list(inner), extra, branch)
            times = min(int(highest), int(lowest) + extra)
            return None if part is None or len(part) * times > _LONGEST else part * times
        case _:
            return None


def _options(members: list[tuple[Any, Any]]) -> str:
    """The characters of a set, in its order."""
    negated, options = False, ""
    for kind, argument in members:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                options += chr(argument)
            case "RANGE":
                low, high = argument
                options += "".join(chr(code) for code in range(low, min(high, low + 200) + 1))
            case "CATEGORY":
                options += _CATEGORIES.get(str(argument), "")
            case _:
                pass
    if negated:
        return "".join(character for character in _PREFERRED if character not in options)
    return "".join(dict.fromkeys(options))
