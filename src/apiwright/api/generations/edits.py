"""Edited trees: a version's files as its user has them, sent back as a zip, from which the next version is made."""

from typing import Any
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from apiwright.api.context import Context
from apiwright.api.deps import Caller, GenerationsReader, GenerationsWriter, Shared
from apiwright.api.generations.endpoints import find
from apiwright.api.generations.revision_schemas import EditsRead
from apiwright.api.generations.unpacking import unpacked
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.blueprint import Blueprint, load
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.kit.ids import new_id
from apiwright.store import Generation, Projects, Upload, Version

router = APIRouter(prefix="/generations", tags=["revisions"])
_BLUEPRINT, _RECORDS = "blueprint.yaml", ".apiwright/"
_ZIP: dict[str, Any] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}, "example": "PK..."}}


@router.put(
    "/{generation_id:uuid}/edits",
    responses=documented(400, 401, 403, 404, 409, 413, 422, 429, 503),
    openapi_extra={"requestBody": {"required": True, "content": _ZIP}},
)
async def upload(shared: Shared, caller: GenerationsWriter, request: Request, generation_id: UUID) -> EditsRead:
    """Send the whole project back as you have edited it, as a zip. The next version is made from it, and keeps your edits.

    It holds text files with plain names. What tools leave behind (`.git`, `.venv`, caches, databases) is passed over; links, paths
    that lead out of the project and files that are too large are refused, and so is a `blueprint.yaml` that says something else:
    ask for that change instead.
    """
    generation, version = await _version(shared, caller, generation_id)
    tree = await anyio.to_thread.run_sync(unpacked, await request.body())
    await anyio.to_thread.run_sync(_refuse_other_model, tree, generation)
    tree = await _with_records(shared, version, tree)
    made = Upload(id=new_id(), generation_id=generation_id, file_count=len(tree), size=sum(item.size for item in tree.manifest.entries))
    await shared.service.artifacts.keep_tree(_place(version, made), tree)
    async with shared.service.database.write() as session:
        if await Projects(session).version(generation_id) is None:
            raise not_found("generation")
        await Projects(session).add_upload(made)
    return _read(made, version, tree)


@router.get("/{generation_id:uuid}/edits", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def show(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> EditsRead:
    """The edited tree that counts for this version."""
    _, version = await _version(shared, caller, generation_id)
    async with shared.service.database.read() as session:
        found = await Projects(session).upload(generation_id)
    if found is None:
        raise not_found("edited tree")
    return _read(found, version, await shared.service.artifacts.tree(_place(version, found)))


@router.delete("/{generation_id:uuid}/edits", status_code=204, responses=documented(401, 403, 404, 409, 422, 429, 503))
async def discard(shared: Shared, caller: GenerationsWriter, generation_id: UUID) -> Response:
    """Let the version's own files count again."""
    await _version(shared, caller, generation_id)
    async with shared.service.database.write() as session:
        await Projects(session).drop_uploads(generation_id)
    return Response(status_code=204)


async def _version(shared: Context, caller: Caller, generation_id: UUID) -> tuple[Generation, Version]:
    generation = await find(shared, caller, generation_id)
    async with shared.service.database.read() as session:
        version = await Projects(session).version(generation_id, manifest=True)
    if version is None:
        raise ProblemError(409, "conflict", f"There are no files to edit: the generation is {generation.status}.")
    return generation, version


def _refuse_other_model(tree: FileTree, generation: Generation) -> None:
    if _BLUEPRINT not in tree:
        message, hint = "The project's blueprint.yaml is missing.", "Send the whole project, not only what you have edited."
        raise InputError([Diagnostic(code="blueprint-missing", where=_BLUEPRINT, message=message, hint=hint)])
    if load(tree[_BLUEPRINT].text) != Blueprint.model_validate(generation.blueprint):
        message = "blueprint.yaml says something else than this version."
        hint = "Take that back, and ask for the change: it needs a migration."
        raise InputError([Diagnostic(code="blueprint-edited", where=_BLUEPRINT, message=message, hint=hint)])


async def _with_records(shared: Context, version: Version, tree: FileTree) -> FileTree:
    """The tree with the records of versions as they are stored: they are ours, not the user's."""
    paths = [item["path"] for item in version.files if item["path"].startswith(_RECORDS)]
    contents = await shared.service.artifacts.read_all([f"{version.prefix}/source/{path}" for path in paths])
    records = [GeneratedFile(path, content.decode()) for path, content in zip(paths, contents, strict=True)]
    return FileTree([*(file for file in tree if not file.path.startswith(_RECORDS)), *records])


def _place(version: Version, upload: Upload) -> str:
    return f"{version.prefix}/edits/{upload.id}.json"


def _read(upload: Upload, version: Version, tree: FileTree) -> EditsRead:
    before = {item["path"]: item["sha256"] for item in version.files}
    after = {item.path: item.sha256 for item in tree.manifest.entries}
    return EditsRead(
        id=upload.id, generation_id=upload.generation_id, file_count=upload.file_count, size=upload.size,
        changed=sorted(path for path in before.keys() & after.keys() if before[path] != after[path]),
        added=sorted(after.keys() - before.keys()), removed=sorted(before.keys() - after.keys()), created_at=upload.created_at,
    )  # fmt: skip
