"""The members of an entity: what it holds, what it is linked to, what moves it, what is counted."""

from typing import Annotated

from pydantic import Field as Is
from pydantic import StringConstraints

from apiwright.blueprint.base import DeleteRule, EntityName, FieldType, Grant, MemberName, Model, Origin, RelationKind, Text


class Field(Model):
    """One column and one member of the payload.

    Attributes:
        type: `secret` is written, never read: not in answers, filters, sorting, search or logs.
        default: A JSON value of the field's type; dates and times as ISO 8601 or `now` / `today`; decimals as text.
        min: Smallest value of integer, float or decimal.
        pattern: Regular expression (RE2 subset: no look-around, no back-references) that the whole value must match.
        precision: Digits in all, of a decimal (default 12).
        scale: Digits after the point, of a decimal (default 2).
        values: The values of an enum, any non-empty text of up to 100 characters, each once.
    """

    name: MemberName
    type: FieldType = "string"
    required: bool = False
    unique: bool = False
    indexed: bool = False
    default: str | int | float | bool | list[object] | dict[str, object] | None = None
    min: int | float | None = None
    max: int | float | None = None
    min_length: int | None = Is(default=None, ge=0)
    max_length: int | None = Is(default=None, ge=1)
    pattern: Annotated[str, StringConstraints(max_length=500)] | None = None
    precision: int | None = Is(default=None, ge=1, le=38)
    scale: int | None = Is(default=None, ge=0, le=20)
    values: tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...] = ()
    description: Text = ""
    origin: Origin = Origin()


class Relation(Model):
    """A link from this entity (the side that holds the key, or names the pairs) to another one.

    Attributes:
        name: `author` gives the column `author_id`; for many_to_many `tags` gives `tag_ids` in payloads.
        on_delete: What deleting the target does to this entity: `cascade` deletes it too, `restrict` refuses (409),
            `set_null` clears the link. Ignored by many_to_many, whose pairs always go with either side.
        inverse: Name of the collection on the target, shown in documentation and diagrams; none when unnamed.
    """

    name: MemberName
    kind: RelationKind = "many_to_one"
    target: EntityName
    required: bool = False
    on_delete: DeleteRule = "restrict"
    inverse: MemberName | None = None
    description: Text = ""
    origin: Origin = Origin()


class Transition(Model):
    """An action that moves an enum field: `approve` makes `POST /orders/{id}/approve`.

    Attributes:
        name: The verb, `snake_case`; the path has it in kebab-case.
        field: The enum field of the entity that moves. It is set through transitions only, never by create or update.
        sources: Values it may move from; empty for any value but the target.
        target: The value it moves to.
        access: Who may do it.
        stamp: A datetime field that receives the moment, if any.
    """

    name: MemberName
    field: MemberName
    sources: tuple[str, ...] = ()
    target: str
    access: tuple[Grant, ...] = ("public",)
    stamp: MemberName | None = None
    description: Text = ""
    origin: Origin = Origin()


class PairAction(Model):
    """Two opposite actions of a logged-in user on a row: `POST /posts/{id}/like` and `POST /posts/{id}/unlike`.

    Attributes:
        name: `like`, `follow`, `join`.
        undo: `unlike`, `unfollow`, `leave`.
        through: The entity that holds one row per pair; `actor` and `subject` are unique together in it.
        actor: Relation of `through` to the auth entity: who acts.
        subject: Relation of `through` to the entity that has this action: what is acted on.
        access: Who may act; never `public`.
    """

    name: MemberName
    undo: MemberName
    through: EntityName
    actor: MemberName
    subject: MemberName
    access: tuple[Grant, ...] = ("authenticated",)
    description: Text = ""
    origin: Origin = Origin()


class Count(Model):
    """A read-only number in the answer: how many rows of `source` point here through their relation `via`."""

    name: MemberName
    source: EntityName
    via: MemberName
    description: Text = ""
    origin: Origin = Origin()
