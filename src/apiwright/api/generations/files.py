"""The files of a version: listed, read, searched, downloaded."""

import io
import zipfile
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Query, Response

from apiwright.api.context import Context
from apiwright.api.deps import Caller, GenerationsReader, Plain, Shared
from apiwright.api.generations.endpoints import find
from apiwright.api.generations.schemas import FileEntry, FileTreeRead, SearchHit, SearchResult
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.store import Projects, Version

router = APIRouter(prefix="/generations", tags=["files"])
_MOST_HITS = 200
_LONGEST_LINE = 400


@router.get("/{generation_id:uuid}/files", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def files(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> FileTreeRead:
    """Every file with its size and hash, in the order of their paths."""
    version = await _version(shared, caller, generation_id)
    entries = [FileEntry.model_validate(item) for item in version.files]
    return FileTreeRead(generation_id=generation_id, version=version.number, files=entries, count=len(entries), size=version.size)


@router.get(
    "/{generation_id:uuid}/files/{path:path}",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {"text/plain": {"schema": {"type": "string"}, "example": "class Todo(Base): ..."}}}
    }
    | documented(401, 403, 404, 409, 422, 429, 503),
)
async def file(shared: Shared, caller: GenerationsReader, generation_id: UUID, path: str) -> Response:
    """One file, as text."""
    version = await _version(shared, caller, generation_id)
    # Only what the manifest names can be read: a path is looked up, never walked.
    entry = next((item for item in version.files if item["path"] == path), None)
    if entry is None:
        raise not_found("file")
    content = await shared.service.artifacts.read(f"{version.prefix}/source/{path}")
    return Response(content, media_type="text/plain; charset=utf-8", headers={"ETag": f'"{entry["sha256"]}"'})


@router.get("/{generation_id:uuid}/search", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def search(
    shared: Shared, caller: GenerationsReader, generation_id: UUID, q: Annotated[str, Query(min_length=1, max_length=200), Plain]
) -> SearchResult:
    """Lines of the files that contain `q`, whatever its case."""
    version = await _version(shared, caller, generation_id)
    paths = [item["path"] for item in version.files]
    contents = await shared.service.artifacts.read_all([f"{version.prefix}/source/{path}" for path in paths])
    hits = await anyio.to_thread.run_sync(_hits, paths, contents, q.casefold())
    return SearchResult(query=q, hits=hits[:_MOST_HITS], truncated=len(hits) > _MOST_HITS)


@router.get(
    "/{generation_id:uuid}/download",
    response_class=Response,
    responses={
        200: {
            "description": "The project.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}, "example": "PK..."}},
        }
    }
    | documented(401, 403, 404, 409, 422, 429, 503),
)
async def download(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> Response:
    """The project as a zip; the same version is the same bytes, whenever and wherever it is asked for."""
    version = await _version(shared, caller, generation_id)
    paths = [item["path"] for item in version.files]
    contents = await shared.service.artifacts.read_all([f"{version.prefix}/source/{path}" for path in paths])
    packed = await anyio.to_thread.run_sync(_zip, paths, contents)
    headers = {"Content-Disposition": f'attachment; filename="{generation_id}-v{version.number}.zip"'}
    return Response(packed, media_type="application/zip", headers=headers)


async def _version(shared: Context, caller: Caller, generation_id: UUID) -> Version:
    generation = await find(shared, caller, generation_id)
    async with shared.service.database.read() as session:
        version = await Projects(session).version(generation_id, manifest=True)
    if version is None:
        raise ProblemError(
            409, "conflict", f"There are no files: the generation is {generation.status}.", generation_status=generation.status
        )
    return version


def _hits(paths: Sequence[str], contents: Sequence[bytes], wanted: str) -> list[SearchHit]:
    return [
        SearchHit(path=path, line=number, text=line.strip()[:_LONGEST_LINE])
        for path, content in zip(paths, contents, strict=True)
        for number, line in enumerate(content.decode(errors="replace").splitlines(), start=1)
        if wanted in line.casefold()
    ][: _MOST_HITS + 1]


def _zip(paths: Sequence[str], contents: Sequence[bytes]) -> bytes:
    # Stored, not compressed: what a compressor makes differs from one machine's library to another's.
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, content in zip(paths, contents, strict=True):
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return packed.getvalue()
