"""Texts that match a regular expression of the subset that blueprints allow (no look-around, no back-references)."""

import random
import re
from importlib import import_module
from typing import Any

from apiwright.blueprint.validation.patterns import matches

_parser: Any = import_module("re._parser")  # the only parser of Python's patterns that there is
_constants: Any = import_module("re._constants")
_WORD = "abcdefghijklmnopqrstuvwxyz0123456789"
_ATTEMPTS = 200


def matching(pattern: str, shortest: int, longest: int, *, seed: str) -> str:
    """A text that matches the whole of `pattern` and has the given length, the same for the same seed; the nearest try if none is found."""
    chance = random.Random(seed)  # noqa: S311 - test values
    tree, text = _parser.parse(pattern), ""
    for attempt in range(_ATTEMPTS):
        text = "".join(_sample(tree, chance, more=attempt % 12))
        if shortest <= len(text) <= longest and matches(pattern, text):
            break
    return text


def _sample(tree: Any, chance: random.Random, *, more: int) -> list[str]:
    parts: list[str] = []
    for operation, argument in tree:
        parts += _one(str(operation), argument, chance, more)
    return parts


def _one(operation: str, argument: Any, chance: random.Random, more: int) -> list[str]:
    match operation:
        case "LITERAL":
            return [chr(argument)]
        case "NOT_LITERAL":
            return [next(letter for letter in _WORD if ord(letter) != argument)]
        case "ANY":
            return [chance.choice(_WORD)]
        case "IN":
            return [_of_set(argument, chance)]
        case "BRANCH":
            return _sample(chance.choice(argument[1]), chance, more=more)
        case "SUBPATTERN":
            return _sample(argument[3], chance, more=more)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, inner = argument
            times = chance.randint(int(low), min(int(high), int(low) + more))
            return [part for _ in range(times) for part in _sample(inner, chance, more=more)]
        case _:
            return []


def _of_set(items: list[Any], chance: random.Random) -> str:
    negated = str(items[0][0]) == "NEGATE"
    allowed = {letter for item in items for letter in _letters(str(item[0]), item[1])}
    if negated:
        allowed = {chr(code) for code in range(32, 127)} - allowed
    usual = sorted(allowed & set(_WORD)) or sorted(allowed)
    return chance.choice(usual) if usual else ""


def _letters(operation: str, argument: Any) -> set[str]:
    match operation:
        case "LITERAL":
            return {chr(argument)}
        case "RANGE":
            return {chr(code) for code in range(argument[0], min(argument[1], argument[0] + 200) + 1)}
        case "CATEGORY":
            return {chr(code) for code in range(32, 127) if re.match(_CATEGORIES[str(argument)], chr(code))}
        case _:
            return set()


_CATEGORIES = {
    str(getattr(_constants, f"CATEGORY_{name}")): pattern
    for name, pattern in [
        ("DIGIT", r"\d"),
        ("NOT_DIGIT", r"\D"),
        ("SPACE", r"\s"),
        ("NOT_SPACE", r"\S"),
        ("WORD", r"\w"),
        ("NOT_WORD", r"\W"),
    ]
}
