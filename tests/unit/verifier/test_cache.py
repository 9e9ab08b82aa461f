"""A cached directory is made once, whole or not at all."""

import multiprocessing
import time
from pathlib import Path

import pytest

from apiwright.kit.places import cache_root
from apiwright.verifier.runtime.cache import made_once


def slow(place: Path) -> None:
    time.sleep(0.3)
    (place / f"made-{time.monotonic_ns()}").write_text("x")


def make(place: Path) -> None:
    made_once(place, slow)


def test_several_processes_make_it_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=make, args=(tmp_path / "key",)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list((tmp_path / "key").iterdir())) == 1


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(place: Path) -> None:
        (place / "half").write_text("x")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        made_once(tmp_path / "key", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["key.lock"]


def test_the_place_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("APIWRIGHT_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_root() == tmp_path / "apiwright"
    monkeypatch.setenv("APIWRIGHT_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_root() == tmp_path / "mine"
