"""From the project model to the files around the application."""

from apiwright.blueprint import Blueprint, dump_mermaid
from apiwright.compiler.lower_support.endpoints import groups_of
from apiwright.compiler.lower_support.requirements import bounded, pinned
from apiwright.compiler.lower_support.settings import settings_of
from apiwright.compiler.markup import markdown, plain, quoted
from apiwright.compiler.project_model import ExtensionModel, ProjectModel
from apiwright.compiler.python_source import Code
from apiwright.compiler.support_model import ExtensionRow, SupportModel

__all__ = ["lower_support"]


def lower_support(project: ProjectModel) -> SupportModel:
    """What the files around the application print."""
    database = Code(project.name.replace("-", "_"))
    groups = {"base": True, "email": _takes_addresses(project.blueprint), "auth": project.auth is not None}
    needed = [name for name, wanted in groups.items() if wanted]
    title = plain(project.title) or project.name
    return SupportModel(
        slug=Code(project.name),
        database=database,
        title=markdown(title),
        description=markdown(project.description),
        summary=quoted(title),
        postgresql=project.database == "postgresql",
        auth=project.auth is not None,
        roles=bool(project.auth and project.auth.roles),
        assumptions=tuple(markdown(text) for text in project.blueprint.assumptions if plain(text)),
        diagram=tuple(Code(line) for line in dump_mermaid(project.blueprint).splitlines()),
        settings=settings_of(project, database),
        groups=groups_of(project),
        extensions=tuple(_extension(item) for entity in project.entities for item in entity.extensions),
        dependencies=bounded(needed),
        dev_dependencies=bounded(["dev"]),
        pins=pinned(needed),
        dev_pins=pinned([*needed, "dev"]),
    )


def _takes_addresses(blueprint: Blueprint) -> bool:
    """Whether somebody can send an e-mail address, which a library then checks."""
    sent = (field for entity in blueprint.entities for endpoint in entity.endpoints for field in endpoint.arguments)
    return any(field.type == "email" for field in (*(field for entity in blueprint.entities for field in entity.fields), *sent))


def _extension(item: ExtensionModel) -> ExtensionRow:
    what = f"{item.title}: {item.description}" if plain(item.description) else str(item.title)
    return ExtensionRow(what=markdown(what), module=Code(item.path), tests=Code(item.test_path))
