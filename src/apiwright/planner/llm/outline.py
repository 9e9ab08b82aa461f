"""The first unit of an answer: which entities there are, and what concerns them all."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field as Is
from pydantic import StringConstraints, ValidationError

from apiwright.blueprint import Auth, Blueprint, Entity, Role
from apiwright.blueprint.base import Database, EntityName, MemberName, Model, RoleName, Slug, Text
from apiwright.diagnostics import Diagnostic
from apiwright.errors import BlueprintError


class OutlinedEntity(Model):
    """One entity.

    Attributes:
        purpose: What it holds and who may do what with it, in a sentence or two, for whoever writes it out.
        ready: The draft's entity of this name is right as it stands, and is taken as it is.
    """

    name: EntityName
    purpose: Text = ""
    ready: bool = False


class OutlinedRole(Model):
    """A right beyond that of a plain user."""

    name: RoleName
    description: Text = ""


class OutlinedAuth(Model):
    """Accounts with a password; none are needed where anybody may do everything.

    Attributes:
        entity: The entity whose rows are accounts. The password is implicit: never a field of it.
        login: Its field that names the account; required and unique.
        registration: Whether anybody may register.
    """

    entity: EntityName = "User"
    login: MemberName = "email"
    registration: bool = True


class Outline(Model):
    """A backend in outline.

    Attributes:
        name: Kebab-case.
        assumptions: What was assumed beyond the prompt, as sentences for its author.
    """

    name: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    description: Text = ""
    database: Database = "sqlite"
    roles: tuple[OutlinedRole, ...] = ()
    auth: OutlinedAuth | None = None
    assumptions: tuple[Text, ...] = ()
    entities: tuple[OutlinedEntity, ...] = Is(min_length=1, max_length=200)


class Renaming(Model):
    """The same thing under another name; its rows stay. `was` is `Task`, `Ticket.title` (by the entity's new name) or `role:editor`."""

    was: str
    now: str


class RevisedOutline(Outline):
    """The backend as it is to be, in outline; with what goes by another name than before."""

    renamed: tuple[Renaming, ...] = ()


def read_outline(answer: object, *, revision: bool) -> Outline:
    """An outline from an answer.

    Raises:
        BlueprintError: It has not the shape; with a diagnostic for each place.
    """
    try:
        return (RevisedOutline if revision else Outline).model_validate(answer)
    except ValidationError as error:
        raise BlueprintError(
            [
                Diagnostic(code="outline-shape", where=".".join(str(step) for step in item["loc"]), message=f"{item['msg']}.")
                for item in error.errors()
            ]
        ) from None


def outline_of(blueprint: Blueprint) -> Outline:
    """What a blueprint says in outline."""
    return Outline(
        name=blueprint.name,
        title=blueprint.title,
        description=blueprint.description,
        database=blueprint.database,
        roles=tuple(OutlinedRole(name=role.name, description=role.description) for role in blueprint.roles),
        auth=OutlinedAuth(**blueprint.auth.model_dump(exclude={"origin"})) if blueprint.auth else None,
        assumptions=blueprint.assumptions,
        entities=tuple(OutlinedEntity(name=entity.name, purpose=entity.description, ready=True) for entity in blueprint.entities),
    )


def assembled(outline: Outline, entities: Mapping[str, Entity], prompt: str | None) -> Blueprint:
    """The blueprint of an outline and its entities."""
    return Blueprint(
        name=outline.name,
        title=outline.title,
        description=outline.description,
        database=outline.database,
        entities=tuple(entities[item.name] for item in outline.entities),
        roles=tuple(Role(name=role.name, description=role.description) for role in outline.roles),
        auth=Auth(**outline.auth.model_dump()) if outline.auth else None,
        assumptions=outline.assumptions,
        prompt=prompt,
    )
