"""What is told of a job that gave no answer."""

from apiwright.verifier.protocol import last_line

RAISED = """Started.
Traceback (most recent call last):
  File "a.py", line 1, in run
    insert()
KeyError: 'inner'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "b.py", line 2, in run
    insert()
    ^^^^^^^^
IntegrityError: UNIQUE constraint failed: sexes.code
[SQL: INSERT INTO sexes]
(Background on this error at: https://sqlalche.me/e/21/gkpj)
"""


def test_of_an_exception_the_line_is_told_that_says_what_it_is() -> None:
    assert last_line(RAISED) == "IntegrityError: UNIQUE constraint failed: sexes.code"


def test_else_it_is_the_last_one() -> None:
    assert last_line("one\n two \n\n") == "two"
    assert last_line(" \n") == "it said nothing"
    assert last_line("Traceback (most recent call last):\n  File x\n") == "it ended with an exception"
