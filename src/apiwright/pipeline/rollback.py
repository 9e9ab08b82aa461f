"""The changes that lead back to an earlier version, with what was renamed and converted since."""

from apiwright.blueprint.changes import AlterField, Change, diff
from apiwright.compiler.migrations.lineage import Lineage, lineage_of, reversed_lineage
from apiwright.pipeline.versions import History, Version


def changes_back(history: History, target: Version) -> tuple[Change, ...]:
    """What makes the last blueprint that of an earlier version again. Renames since then are undone as renames, so that rows stay."""
    since = [change for version in history.versions if version.version > target.version for change in version.changes]
    lineage = lineage_of(target.blueprint, since)
    changes = diff(history.last.blueprint, target.blueprint, renamed=_renamed(lineage))
    back = reversed_lineage(lineage)
    return tuple(_converted_back(change, back) for change in changes)


def _renamed(lineage: Lineage) -> dict[str, str]:
    """The names of now and those of then, where they differ."""
    entities = {name: former for name, former in lineage.entities.items() if name != former}
    members = {
        f"{lineage.entities[entity]}.{name}": former
        for (entity, name), former in lineage.members.items()
        if name != former and entity in lineage.entities
    }
    roles = {f"role:{name}": f"role:{former}" for name, former in lineage.roles.items() if name != former}
    return {**entities, **members, **roles}


def _converted_back(change: Change, back: Lineage) -> Change:
    if not isinstance(change, AlterField):
        return change
    said = back.fields.get((change.entity, change.after.name))
    return change.model_copy(update={"conversion": said.conversion}) if isinstance(said, AlterField) else change
