"""Minting of source: what goes in comes out as the same value, and nothing else."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiwright.compiler.python_source import Code, docstring, identifier, literal, source
from apiwright.compiler.render import finalize
from apiwright.errors import CompileError

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(VALUES)
def test_a_literal_is_the_value_again(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(st.text())
def test_a_docstring_stays_one_text_on_one_line(text: str) -> None:
    module = ast.parse(f'"""{docstring(text)}"""')

    assert len(module.body) == 1
    assert ast.get_docstring(module) is not None
    assert "\n" not in docstring(text)


@pytest.mark.parametrize("name", ["class", "1st", "a b", "a-b", "", "a\n", "é", "a;b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(CompileError):
        identifier(name)


def test_plain_text_is_no_part_of_source() -> None:
    with pytest.raises(CompileError):
        source("f(<x>)", x="os.system()")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_parts_are_not_looked_into() -> None:
    assert source("<a> + <b>", a=literal("<b>"), b=Code("1")) == '"<b>" + 1'


@pytest.mark.parametrize("value", ["text", b"bytes", 1.5, None, ["x"], True])
def test_a_template_prints_nothing_but_code(value: object) -> None:
    with pytest.raises(CompileError):
        finalize(value)


@pytest.mark.parametrize("value", [Code("x = 1"), 7])
def test_a_template_prints_code_and_whole_numbers(value: object) -> None:
    assert finalize(value) == value
