"""In processes of their own: that of a test runner has threads."""

import subprocess
import sys

import pytest

PREAMBLE = """
import os, signal, threading, time
from apiwright.cli import copies as shared

HERE = os.getpid()
ITEMS = range(3 * shared._WORTH_IT)
shared._processors = lambda: 3

def make(item):
    return f"{item} {os.getpid()}"

def told(make=make):
    return list(shared.side_by_side(make, ITEMS))

def makers(texts):
    assert [int(text.split()[0]) for text in texts] == list(ITEMS)
    return {int(text.split()[1]) for text in texts}

def no_children():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True

def within_a_copy(act):
    return lambda item: make(item) if os.getpid() == HERE else act(item)
"""


def holds(code: str) -> None:
    """Run it in a process of one thread, in which `make` makes a text for each of `ITEMS`."""
    done = subprocess.run([sys.executable, "-c", PREAMBLE + code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_three_processes_make_a_third_each_and_the_texts_keep_their_order() -> None:
    holds("numbers = makers(told()); assert len(numbers) == 3 and HERE in numbers and no_children()")


def test_texts_may_be_long_and_of_any_letters() -> None:
    holds("assert told(lambda item: 'ü\\0😀' * 10_000) == ['ü\\0😀' * 10_000] * len(ITEMS)")


def test_few_items_are_made_here() -> None:
    holds("ITEMS = ITEMS[: 2 * shared._WORTH_IT - 1]; assert makers(told()) == {HERE}")


def test_a_process_with_other_threads_makes_no_copies() -> None:
    holds(
        "done = threading.Event(); thread = threading.Thread(target=done.wait); thread.start()\n"
        "assert makers(told()) == {HERE}\n"
        "done.set(); thread.join(); assert len(makers(told())) == 3"
    )


def test_a_fault_within_a_copy_is_raised_here_as_what_it_is() -> None:
    holds(
        "def fails(item):\n"
        "    if item == 4: raise ValueError('four')\n"
        "    return make(item)\n"
        "try:\n"
        "    told(fails)\n"
        "except ValueError as error:\n"
        "    assert str(error) == 'four' and no_children()\n"
        "else:\n"
        "    raise AssertionError"
    )


def test_what_a_killed_copy_leaves_undone_is_done_here() -> None:
    holds("assert makers(told(within_a_copy(lambda item: os.kill(os.getpid(), 9)))) == {HERE} and no_children()")


def test_where_there_is_room_for_one_copy_only_the_rest_is_done_here() -> None:
    holds(
        "fork, forks = os.fork, []\n"
        "def full():\n"
        "    if forks: raise BlockingIOError\n"
        "    forks.append(1)\n"
        "    return fork()\n"
        "os.fork = full\n"
        "assert len(makers(told())) == 2 and no_children()"
    )


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_an_interrupt_ends_the_copies_and_none_of_them_says_a_word(number: str) -> None:
    holds(
        "from apiwright.cli.entry import as_interrupt\n"
        "signal.signal(signal.SIGTERM, as_interrupt); signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "reading, writing = os.pipe()\n"
        "def waits(item):\n"
        "    if os.getpid() == HERE:\n"
        f"        os.read(reading, 1); os.read(reading, 1); os.kill(HERE, signal.{number})\n"
        "    os.write(writing, b'.'); time.sleep(60)\n"
        "start = time.monotonic()\n"
        "try:\n"
        "    told(waits)\n"
        "except KeyboardInterrupt:\n"
        "    assert no_children() and time.monotonic() - start < 30\n"
        "else:\n"
        "    raise AssertionError"
    )


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_a_copy_that_a_terminal_interrupts_itself_says_nothing(number: str) -> None:
    holds(f"assert makers(told(within_a_copy(lambda item: os.kill(os.getpid(), signal.{number})))) == {{HERE}}")
