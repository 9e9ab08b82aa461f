"""The history of a new project begins while the project is made: what git does for it is done beside everything else."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Generic, TypeVar

from apiwright.filetree import FileTree, room_beside
from apiwright.pipeline.git import SNAPSHOT, Git
from apiwright.pipeline.versions import Version

_T = TypeVar("_T")


class _Beside(Generic[_T]):
    """A call in a thread of its own. What it raises, who asks for its outcome is told."""

    def __init__(self, call: Callable[[], _T]) -> None:
        self._call = call
        self._fault: Exception | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._answer = self._call()
        except Exception as fault:  # raised again by `outcome`
            self._fault = fault

    def wait(self) -> None:
        self._thread.join()

    def outcome(self) -> _T:
        self.wait()
        if self._fault is not None:
            raise self._fault
        return self._answer


class Beginning:
    """The repository of a project in the making. It is made in a room of its own, and moves in when the project is to appear.

    There is none where there is no git, or within another repository; then nothing here does anything.
    """

    def __init__(self, room: Path) -> None:
        self._room = room
        self._work: _Beside[Git | None] = _Beside(lambda: Git.begin(room))
        self._rest: Callable[[Git], None] = lambda _: None

    def keep(self, version: Version, generated: FileTree, delivered: FileTree) -> None:
        """Start to store a project's first version.

        What has been written into it beyond what was generated makes a commit of its own: the snapshot is as it was generated.
        """
        edited = any(file.text != delivered[file.path].text for file in generated)
        message = version.snapshot_message if edited else f"{version.message}\n{SNAPSHOT}: {version.version}"
        begun = self._work

        def store() -> Git | None:
            if git := begun.outcome():
                git.store_first(generated, message=message, version=version.version)
            return git

        self._work = _Beside(store)
        if edited:
            self._rest = lambda git: git.tag(version.version, git.commit(version.message))

    def settle(self, directory: Path) -> None:
        """Move into the project, whose files are there by now.

        Raises:
            VerificationUnavailableError: Git could not do its part.
        """
        if self._work.outcome():
            Path(self._room, ".git").rename(directory / ".git")
            self._rest(Git(directory))

    def wait(self) -> None:
        """Until git is done, whatever comes of it."""
        self._work.wait()


@contextmanager
def beginning(target: Path) -> Generator[Beginning]:
    """A repository for the project that is to appear as `target`; nothing of it is left unless it has moved in.

    Raises:
        OutputError: Nothing can be written beside the target.
    """
    with room_beside(target) as room:
        begun = Beginning(room)
        try:
            yield begun
        finally:
            begun.wait()  # git must not write into a room that is being cleared
