"""How long the texts can be that match a pattern, so that one that leaves no room for any value is told.

In doubt they can be shorter and longer: a pattern is refused only where it is sure that nothing matches.
"""

import re
import warnings
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")  # the only parser of Python's patterns that there is
_ENDLESS = 1 << 24
_IGNORES_CASE = re.compile(r"\(\?[a-zA-Z]*i")
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}

Widths = tuple[int, int]
_ANY: Widths = (0, _ENDLESS)


def widths(pattern: str, letters: str | None = None) -> Widths | None:
    """The fewest and the most characters of what `pattern` matches; None when it matches nothing.

    Args:
        pattern: A regular expression that Python can read.
        letters: The characters that a text may have, where not all are allowed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser.parse(pattern)
    return _sequence(tree, None if _IGNORES_CASE.search(pattern) else letters)


def _sequence(tree: Any, letters: str | None) -> Widths | None:
    fewest = most = 0
    for operation, argument in tree:
        part = _part(str(operation), argument, letters)
        if part is None:
            return None
        fewest, most = min(fewest + part[0], _ENDLESS), min(most + part[1], _ENDLESS)
    return fewest, most


def _part(operation: str, argument: Any, letters: str | None) -> Widths | None:
    match operation:
        case "AT":
            return 0, 0
        case "LITERAL":
            return (1, 1) if letters is None or chr(argument) in letters else None
        case "NOT_LITERAL" | "ANY":
            return 1, 1
        case "IN":
            return (1, 1) if letters is None or any(_is_in(argument, letter) for letter in letters) else None
        case "BRANCH":
            found = [part for part in (_sequence(branch, letters) for branch in argument[1]) if part is not None]
            return (min(part[0] for part in found), max(part[1] for part in found)) if found else None
        case "SUBPATTERN":
            return _sequence(argument[3], letters)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, times, inner = int(argument[0]), int(argument[1]), _sequence(argument[2], letters)
            if inner is None:
                return None if least else (0, 0)
            return min(least * inner[0], _ENDLESS), min(times * inner[1], _ENDLESS)
        case _:
            return _ANY


def _is_in(items: list[Any], letter: str) -> bool:
    negated = str(items[0][0]) == "NEGATE"
    return negated != any(_covers(str(operation), argument, letter) for operation, argument in items)


def _covers(operation: str, argument: Any, letter: str) -> bool:
    match operation:
        case "LITERAL":
            return ord(letter) == argument
        case "RANGE":
            return argument[0] <= ord(letter) <= argument[1]
        case "CATEGORY":
            return re.match(_CATEGORIES[str(argument)], letter) is not None
        case _:
            return False
