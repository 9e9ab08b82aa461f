"""Where the files come from that a version follows."""

from apiwright.filetree import FileTree, GeneratedFile
from apiwright.pipeline.versions import FOLDER as RECORDS
from apiwright.store import Artifacts, Database, Generation, Projects, Version
from apiwright.workflows.stages import StageFailedError


class Parents:
    """Reads what the parent of a generation left in the store."""

    def __init__(self, database: Database, artifacts: Artifacts) -> None:
        self._database = database
        self._artifacts = artifacts

    async def records(self, generation: Generation) -> FileTree:
        """The records of the versions up to the parent."""
        version = await self._version(generation)
        return await self._source(version, [item["path"] for item in version.files if item["path"].startswith(f"{RECORDS}/")])

    async def files(self, generation: Generation) -> FileTree:
        """The parent's files as the user has them: as they were uploaded, or else as they were published."""
        version = await self._version(generation)
        if generation.upload_id is None:
            return await self._source(version, [item["path"] for item in version.files])
        return await self._tree(f"{version.prefix}/edits/{generation.upload_id}.json")

    async def generated(self, generation: Generation) -> FileTree:
        """The parent's files as they were generated, without anybody's edits."""
        version = await self._version(generation)
        return await self._tree(f"{version.prefix}/generated.json")

    async def _version(self, generation: Generation) -> Version:
        if generation.parent_id is not None:
            async with self._database.read() as session:
                version = await Projects(session).version(generation.parent_id, manifest=True)
            if version is not None:
                return version
        raise _gone()

    async def _source(self, version: Version, paths: list[str]) -> FileTree:
        try:
            contents = await self._artifacts.read_all([f"{version.prefix}/source/{path}" for path in paths])
        except FileNotFoundError as error:
            raise _gone() from error
        return FileTree(GeneratedFile(path, content.decode()) for path, content in zip(paths, contents, strict=True))

    async def _tree(self, path: str) -> FileTree:
        try:
            return await self._artifacts.tree(path)
        except FileNotFoundError as error:
            raise _gone() from error


def _gone() -> StageFailedError:
    return StageFailedError(code="parent-gone", message="The version that this one follows has been deleted.")
