"""Files of versions, in a local directory or an S3-compatible bucket.

projects/<project_id>/generations/v1__<generation_id>/source/...      the files
projects/<project_id>/generations/v1__<generation_id>/generated.json  the same as it was generated, without anybody's edits
projects/<project_id>/generations/v1__<generation_id>/manifest.json   path, size and sha256 of each; written last
projects/<project_id>/generations/v1__<generation_id>/edits/...       edited trees that users uploaded
projects/<project_id>/generations/active                              which version is active
staging/<generation_id>/...                                           what the code stage made, until it is published
"""

import asyncio
import contextlib
import json
import shutil
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, InvalidPathError
from obstore.store import LocalStore, MemoryStore, S3Store

from apiwright.filetree import FileTree
from apiwright.store.errors import StorageError

Result = TypeVar("Result")
Store = LocalStore | S3Store | MemoryStore
PROJECT, GENERATED, NOTES = "project", "generated", "notes"
_AT_ONCE = 16
_TRIES = 20


class Artifacts:
    """Reads and writes files; a write that failed is tried again, for about half a minute."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._directory = store.prefix if isinstance(store, LocalStore) else None

    async def keep_tree(self, path: str, tree: FileTree) -> None:
        """Keep a tree as one object; one that was kept there before gives way."""
        await self.keep_values(path, tree.as_values())

    async def tree(self, path: str) -> FileTree:
        """The tree that was kept there. Raises as `read`."""
        return FileTree.from_values(await self.values(path))

    async def keep_values(self, path: str, values: Any) -> None:
        """Keep JSON-ready values as one object; one that was kept there before gives way."""
        await self._write(path, json.dumps(values).encode(), mode="overwrite")

    async def values(self, path: str) -> Any:
        """The values that were kept there. Raises as `read`."""
        return json.loads(await self.read(path))

    async def publish(self, prefix: str, tree: FileTree, *, generated: FileTree, manifest: bytes) -> None:
        """Write every file of a version once, the manifest last. Doing so again is harmless; other content is refused.

        Raises:
            StorageError: The storage failed, or the version exists with other content.
        """
        await _in_parallel(self._create(f"{prefix}/source/{file.path}", file.text.encode()) for file in tree)
        if self._directory is not None:
            await asyncio.to_thread(_drop_unfinished, self._directory / prefix)
        await self._create(f"{prefix}/generated.json", _packed(generated))
        await self._create(f"{prefix}/manifest.json", manifest)

    async def set_active(self, project_id: object, name: str) -> None:
        """Write down which version is active, for those who read the storage itself."""
        await self._write(f"projects/{project_id}/generations/active", f"{name}\n".encode(), mode="overwrite")

    async def read(self, path: str) -> bytes:
        """The content of one file.

        Raises:
            FileNotFoundError: There is none.
            StorageError: The storage failed.
        """

        async def get() -> bytes:
            return bytes(await (await obstore.get_async(self._store, path)).bytes_async())

        return await _persistent(get)

    async def read_all(self, paths: Sequence[str]) -> list[bytes]:
        """The contents of several files, in the order of `paths`."""
        return await _in_parallel(self.read(path) for path in paths)

    async def remove(self, prefix: str, *, tries: int = _TRIES) -> None:
        """Remove everything below a prefix. What is gone already is no error."""
        if self._directory is not None:
            await _persistent(self._rmtree(self._directory / prefix), tries=tries)
            return
        found = [item["path"] for chunk in await _persistent(self._listing(prefix), tries=tries) for item in chunk]
        for start in range(0, len(found), 500):
            await _persistent(self._deletion(found[start : start + 500]), tries=tries)

    async def check(self) -> None:
        """Raise `StorageError` unless the storage can be read."""
        try:
            await obstore.get_async(self._store, "staging/.probe")
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageError(str(error)) from error

    def _listing(self, prefix: str) -> Callable[[], Awaitable[list[Sequence[Any]]]]:
        async def find() -> list[Sequence[Any]]:
            return [chunk async for chunk in obstore.list(self._store, prefix)]  # pyright: ignore[reportUnknownMemberType] - names an Arrow type

        return find

    def _rmtree(self, directory: Path) -> Callable[[], Awaitable[None]]:
        async def remove() -> None:
            with contextlib.suppress(FileNotFoundError):
                await asyncio.to_thread(shutil.rmtree, directory)

        return remove

    def _deletion(self, paths: Sequence[str]) -> Callable[[], Awaitable[None]]:
        async def delete() -> None:
            try:
                await obstore.delete_async(self._store, list(paths))
            except FileNotFoundError:
                if len(paths) > 1:
                    for path in paths:
                        await self._deletion([path])()

        return delete

    async def _create(self, path: str, content: bytes) -> None:
        try:
            await self._write(path, content, mode="create")
        except AlreadyExistsError:
            # A try before this one got through without its answer getting back, or its worker died.
            if await self.read(path) != content:
                raise StorageError(f"{path} exists with other content") from None

    async def _write(self, path: str, content: bytes, *, mode: Any) -> None:
        async def put() -> None:
            await obstore.put_async(self._store, path, content, mode=mode)

        await _persistent(put)


def staging_of(generation_id: object) -> str:
    """Below which everything is kept that a generation at work has made."""
    return f"staging/{generation_id}"


def staged_at(generation_id: object, name: str) -> str:
    """Where a tree of a generation at work is kept, or notes on it."""
    return f"{staging_of(generation_id)}/{name}.json"


def _packed(tree: FileTree) -> bytes:
    return json.dumps(tree.as_values()).encode()


def _drop_unfinished(directory: Path) -> None:
    """Remove what a process that was killed had begun to write: the store writes `name#1` first and renames it."""
    for path in directory.rglob("*#*"):
        path.unlink(missing_ok=True)


async def _persistent(work: Callable[[], Awaitable[Result]], *, tries: int = _TRIES) -> Result:
    pause = 0.05
    for attempt in range(tries):
        try:
            return await work()
        except AlreadyExistsError:
            raise
        except FileNotFoundError as error:
            raise FileNotFoundError(str(error)) from error
        except InvalidPathError as error:
            raise FileNotFoundError("no such path") from error
        except (BaseError, OSError) as error:
            if attempt == tries - 1:
                raise StorageError(str(error)) from error
        await asyncio.sleep(pause)
        pause = min(pause * 2, 2.0)
    raise AssertionError


async def _in_parallel(work: Iterable[Awaitable[Result]]) -> list[Result]:
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(item: Awaitable[Result]) -> Result:
        async with places:
            return await item

    # Nothing goes on in the background once this has failed: all have ended when it raises.
    results = await asyncio.gather(*(one(item) for item in work), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]
