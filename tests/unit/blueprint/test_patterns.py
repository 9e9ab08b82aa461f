"""Patterns: what is taken is read alike by pydantic's engine and by Python's, from which samples are made."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apiwright.blueprint.validation.patterns import matches, problems_of_pattern

PIECES = (
    "a", "b", "[", "]", "^", "$", "-", "&&", "~", "|", "(", ")", "(?:", "(?i)", "(?x)", "(?x:", "{", "}", "{2}", "{,2}", "+", "*", "?", "<",
    "\\", "\\d", "\\w", "\\b", "\\A", "\\Z", "\\1", "#", " ", ",", ":", ".", "[a-b]", "[^a]", "[:alpha:]", "(?=", "(?>",
)  # fmt: skip


@pytest.mark.parametrize(
    "pattern",
    [
        r"\Aab\Z", "(?x) a b # c", "(?x:a b)", "(?ix)a", "[a&&b]", "[a--b]", "[a~~b]", "[[:alpha:]]+", "[a[b]c]", "[^]a[]", "a++b",
        "(?>a)b", "(?!a)b", "(?<=a)b", r"(a)\1", "(?P<x>a)(?P=x)", "(a)?(?(1)b|c)", r"\<a\>", r"\b{start}a", "a{,5}", "a{", "(?#c)a",
        "(?a)a", r"\0", r"(\w{1000}){100}", "a\x00",
    ],
)  # fmt: skip
def test_what_engines_read_differently_is_refused(pattern: str) -> None:
    assert [(code, bool(message), bool(hint)) for code, message, hint in problems_of_pattern(pattern)] == [
        ("pattern-unsupported", True, True)
    ]


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "\\", "(?x", "a{4294967296}"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    assert [code for code, _, _ in problems_of_pattern(pattern)] == ["pattern-invalid"]


@pytest.mark.parametrize(
    "pattern", [r"[A-Z]{3}-\d{4}", "^a$", "(?i)a", r"\(?x", r"\\1", r"[\[\]a]", "[]a]", "[^]a]", "[(?=]", "[a-]", "(a+)+b"]
)
def test_what_engines_read_alike_is_taken(pattern: str) -> None:
    assert not list(problems_of_pattern(pattern))


@settings(max_examples=500, deadline=None)
@given(pattern=st.lists(st.sampled_from(PIECES), max_size=6).map("".join), text=st.text("ab[]^$-&~|(){}+*?<\\1# ,:.,lph", max_size=5))
def test_python_reads_what_is_taken_as_pydantic_does(pattern: str, text: str) -> None:
    if not list(problems_of_pattern(pattern)):
        assert matches(pattern, text) == (re.fullmatch(pattern, text) is not None)


def test_no_pattern_takes_long() -> None:
    start = time.monotonic()
    assert not matches("(a+)+b", "a" * 10_000)
    assert time.monotonic() - start < 1
