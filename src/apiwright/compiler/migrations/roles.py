"""Accounts follow when a role gets another name."""

from collections.abc import Iterator

from apiwright.compiler.migrations.calls import execute
from apiwright.compiler.migrations.lineage import Lineage
from apiwright.compiler.migrations.origins import name
from apiwright.compiler.migrations.values import quoted
from apiwright.compiler.project_model import ProjectModel
from apiwright.compiler.python_source import Code


def renamed_roles(old: ProjectModel, new: ProjectModel, lineage: Lineage) -> Iterator[Code]:
    """One statement for all of them, so that two roles can change places."""
    renames = {was: now for now, was in lineage.roles.items() if was != now}
    if not renames or old.auth is None or new.auth is None or not new.auth.roles:
        return
    cases = " ".join(f"WHEN {quoted(was)} THEN {quoted(now)}" for was, now in sorted(renames.items()))
    column = name("role")
    yield execute(f"UPDATE {name(new.auth.entity.table)} SET {column} = CASE {column} {cases} ELSE {column} END")
