"""From the version that is stored to the next one, in the process of the stage: the pipeline's own functions, over files from the store."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change, Widening, apply, changes_from_json, changes_to_json
from apiwright.compiler.migrations import Revision
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileDiff, FileTree, diff_trees
from apiwright.pipeline import Emit, Event
from apiwright.pipeline.proof import Step, as_it_was
from apiwright.pipeline.revision import Revised, Wish
from apiwright.pipeline.rollback import changes_back
from apiwright.pipeline.stages import tell_files
from apiwright.pipeline.versions import History, Version, read_history
from apiwright.workflows.outcome import converted, refuse_losses, refuse_widening, told
from apiwright.workflows.stages import ChangeRequest, ExtendRequest, MergeRequest, Stages


class StoredHistory(History, frozen=True, kw_only=True):
    """A project's history whose last version, as it was generated, comes from the store and not from a git repository."""

    generated: FileTree

    def snapshot(self, version: int) -> FileTree | None:
        return self.generated if version == self.last.version else None


def change(request: ChangeRequest, stages: Stages, emit: Emit) -> dict[str, Any]:
    """What is to be different: the next blueprint, and the changes that lead to it."""
    with as_it_was(FileTree.from_values(request["records"])) as directory:
        history = read_history(directory)
    former = history.last.blueprint
    emit(Event(stage="analysis", message="Reading the request", progress=0.05, data={"kind": request["kind"]}))
    usage: dict[str, Any] = {}
    unasked: Sequence[Widening] = ()

    def hear(event: Event) -> None:
        usage.update(event.data.get("usage", {}))
        emit(event)

    if request["to_version"] is not None:
        changes = _back(history, request["to_version"])
    else:
        changes = stages.changes(former, request["prompt"], planning=request["planning"], emit=hear)
        unasked = stages.unasked(former, request["prompt"], changes)
    if not request["allow_wider_access"]:
        refuse_widening(unasked)
    changes = converted(changes, request["conversions"])
    if not request["allow_data_loss"]:
        refuse_losses(changes)
    blueprint = apply(former, changes)
    emit(_planned(blueprint, changes, unasked, usage))
    return {"blueprint": blueprint.model_dump(mode="json"), "changes": told(changes), "steps": changes_to_json(changes)}


def merge(request: MergeRequest, stages: Stages, emit: Emit) -> dict[str, Any]:
    """Every file of the next version, with the user's edits, and what came of them."""
    ours = FileTree.from_values(request["files"])
    with as_it_was(ours) as directory:
        found = read_history(directory)
        generated = FileTree.from_values(request["generated"])
        history = StoredHistory(directory=directory, versions=found.versions, generated=generated)
        wish = Wish(
            kind="rollback" if request["kind"] == "rollback" else "revise", request=request["prompt"],
            allow_data_loss=request["allow_data_loss"],
        )  # fmt: skip
        revised = stages.revise(history, changes_from_json(request["steps"]), wish)
    tell_files(revised.generated, emit=emit)
    outcome = _outcome(revised)
    emit(_migrated(outcome["migration"]))
    emit(_merged(outcome))
    beyond = [file for file in ours if file.path not in revised.merge.tree and file.path not in revised.merge.removed]
    tree = FileTree([*revised.merge.tree, *beyond])
    return {"files": tree.as_values(), "generated": revised.generated.as_values(), "revision": outcome}


def extended(request: ExtendRequest, stages: Stages, emit: Emit) -> dict[str, Any]:
    """The project with what could be written of it, what to tell of the rest, and of a revision which files differ now."""
    blueprint, tree = Blueprint.model_validate(request["blueprint"]), FileTree.from_values(request["files"])
    deep = request["level"] == "deep"
    made = stages.extend(blueprint, tree, request=request["prompt"], planning=request["planning"], deep=deep, emit=emit)
    former, outcome = request["former"], request["told"]
    if former is not None and outcome is not None:
        moved = {item["former"]: item["path"] for item in outcome["files"] if item["status"] == "moved"}
        diffs = diff_trees(FileTree.from_values(former), made.tree, moved=moved)
        outcome = {**outcome, "files": _files(diffs, outcome["kept"])}
    return {"files": made.tree.as_values(), "notes": list(made.notes), "told": outcome}


def step_between(former: Path, project: Path) -> Step:
    """From the version in one directory to the one in another."""
    return Step(before=_last(former), version=_last(project), former=former)


def _last(directory: Path) -> Version:
    return read_history(directory).last


def _back(history: History, number: int) -> tuple[Change, ...]:
    target = history[number]
    changes = changes_back(history, target)
    if not changes:
        raise InputError([Diagnostic(code="nothing-to-do", message=f"v{target.version} has the same model; there is nothing to do.")])
    return changes


def _planned(blueprint: Blueprint, changes: Sequence[Change], unasked: Sequence[Widening], usage: Mapping[str, Any]) -> Event:
    names = [entity.name for entity in blueprint.entities]
    sentences = [item.sentence for item in changes]
    more = f" (and {len(sentences) - 3} more)" if len(sentences) > 3 else ""
    summary = {
        "name": blueprint.name, "entities": names, "roles": [role.name for role in blueprint.roles], "auth": blueprint.auth is not None,
        "assumptions": list(blueprint.assumptions), "changes": told(changes),
        **({"widened": [item.model_dump(mode="json") for item in unasked]} if unasked else {}),
        **({"usage": dict(usage)} if usage else {}),
    }  # fmt: skip
    return Event(stage="schema", message=" ".join(sentences[:3]) + more, progress=0.2, data=summary)


def _outcome(revised: Revised) -> dict[str, Any]:
    migration = revised.migration
    return {
        "changes": told(revised.version.changes),
        "migration": _migration(migration) if migration else None,
        "files": _files(revised.diffs, revised.merge.kept),
        "kept": sorted(set(revised.merge.kept)),
        "conflicts": [
            {"path": item.path, "kind": item.kind, "message": item.sentence, "blocks": item.blocks,
             "text": revised.merge.tree[item.path].text if item.path in revised.merge.tree else None}
            for item in revised.merge.conflicts
        ],
    }  # fmt: skip


def _files(diffs: Sequence[FileDiff], kept: Collection[str]) -> list[dict[str, Any]]:
    return [
        {"path": item.path, "status": item.status, "former": item.former, "added": item.added, "removed": item.removed,
         "edited": item.path in kept}
        for item in diffs
    ]  # fmt: skip


def _migration(migration: Revision) -> dict[str, Any]:
    return {"path": migration.file.path, "fills": list(migration.fills), "refuses": list(migration.checks)}


def _migrated(migration: Mapping[str, Any] | None) -> Event:
    if migration is None:
        return Event(stage="code", phase="migration", message="No migration: the tables stay as they are", progress=0.6)
    return Event(stage="code", phase="migration", message=migration["path"], progress=0.6, files=(migration["path"],), data=migration)


def _merged(outcome: Mapping[str, Any]) -> Event:
    conflicts = [{name: item[name] for name in ("path", "kind", "message", "blocks")} for item in outcome["conflicts"]]
    edited = f", your edits kept in {len(outcome['kept'])}" if outcome["kept"] else ""
    found = f", {len(conflicts)} to look at" if conflicts else ""
    return Event(
        stage="code", phase="merge", message=f"{len(outcome['files'])} files differ{edited}{found}", progress=0.6,
        files=tuple(item["path"] for item in outcome["files"]),
        data={"files": outcome["files"], "kept": outcome["kept"], "conflicts": conflicts},
    )  # fmt: skip
