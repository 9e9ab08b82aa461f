"""Patterns of texts: the subset that every engine which reads them reads alike.

Generated projects match with pydantic's engine, and so does `matches`: its time grows with the text and no faster. What texts there are
that match is worked out from how Python reads a pattern.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from pydantic_core import SchemaError, SchemaValidator, core_schema

from apiwright.blueprint.validation.limits import UNSTORABLE, Problem

_parser: Any = import_module("re._parser")  # the module has neither stubs nor a public name
_UNSHARED = frozenset({"ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_IGNORE", "GROUPREF_EXISTS", "ATOMIC_GROUP", "POSSESSIVE_REPEAT"})
_SIGN = re.compile(r"\\.|.", re.DOTALL)
_SET_OPERATORS = frozenset({"&&", "--", "~~", "||"})


def whole(pattern: str) -> str:
    """What pydantic is given, which looks for a match anywhere."""
    return f"^(?:{pattern})$"


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of a text matches. A pattern that cannot be read refuses nothing: it is reported as that."""
    engine = _engine(pattern)
    return isinstance(engine, str) or engine.isinstance_python(text)


def problems_of_pattern(pattern: str) -> Iterator[Problem]:
    """Why a pattern cannot be used: one reason, if there is any."""
    if UNSTORABLE.search(pattern):
        yield "pattern-unsupported", f"{pattern!r} has characters that no database keeps.", "Remove them."
    elif _has_odd_set(pattern):
        message = f"{pattern!r} has a set within a set, or combines sets; not every engine knows that."
        yield "pattern-unsupported", message, r"Write one set, like [A-Za-z]; put \ before [, &, -, ~ and | that stand for themselves."
    else:
        yield from _problems_of_parts(pattern)


def _problems_of_parts(pattern: str) -> Iterator[Problem]:
    try:
        parsed = _parser.parse(pattern)
        parts = list(_parts(parsed))
    except (re.error, RecursionError, OverflowError) as error:
        yield "pattern-invalid", f"{pattern!r} is no regular expression: {error}.", "Mend the pattern."
        return
    flags = parsed.state.flags
    for operator, argument in parts:
        flags |= argument[1] if operator == "SUBPATTERN" else 0
    engine = _engine(pattern)
    if not _UNSHARED.isdisjoint(operator for operator, _ in parts):
        message = f"{pattern!r} uses look-around, back-references, groups by condition, or repetitions that give nothing back."
        yield "pattern-unsupported", message, "Write it without them; they make matching slow, and the validator has none."
    elif flags & re.VERBOSE:
        yield "pattern-unsupported", f"{pattern!r} is written with blanks and comments.", "Write it in one piece, without (?x)."
    elif _has_odd_edge(pattern):
        message = rf"{pattern!r} has \<, \> or \b{{, which some engines take for the edge of a word."
        yield "pattern-unsupported", message, r"Write < and > without \, and \{ for a brace."
    elif isinstance(engine, str):
        message = f"The validator cannot read {pattern!r}: {engine}."
        yield "pattern-unsupported", message, r"Write it more plainly. The whole value must match anyway, without \A and \Z."


def _parts(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every operator of a pattern with its argument, but for what is within those that are refused."""
    for operator, argument in tree:
        yield str(operator), argument
        match str(operator):
            case "BRANCH":
                for branch in argument[1]:
                    yield from _parts(branch)
            case "SUBPATTERN" | "MAX_REPEAT" | "MIN_REPEAT":
                yield from _parts(argument[-1])
            case _:
                pass


def _has_odd_set(pattern: str) -> bool:
    """Whether brackets have brackets or an operator within them, which are but characters to Python."""
    inside, before = False, ""
    for sign in _SIGN.findall(pattern):
        if not inside:
            inside, before = sign == "[", sign
        elif sign == "]" and before not in {"[", "[^"}:  # the first of a set stands for itself
            inside = False
        elif sign == "[" or before + sign in _SET_OPERATORS:
            return True
        else:
            before = "[^" if before + sign == "[^" else sign
    return False


def _has_odd_edge(pattern: str) -> bool:
    r"""Whether it has one of `\<`, `\>` and `\b{`: characters to Python, the first two, and an edge followed by one."""
    return any(one in {r"\<", r"\>"} or (one, two) == (r"\b", "{") for one, two in pairwise([*_SIGN.findall(pattern), ""]))


@lru_cache(maxsize=16)
def _engine(pattern: str) -> SchemaValidator | str:
    """What matches texts, or why there is no such thing."""
    try:
        return SchemaValidator(core_schema.str_schema(pattern=whole(pattern)))
    except SchemaError as error:
        return str(error).splitlines()[-1].strip().removeprefix("SchemaError: ").removeprefix("error: ").rstrip(".")
