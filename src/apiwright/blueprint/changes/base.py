"""What every change is, and the phrases that their sentences share."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict
from pydantic import Field as Is

from apiwright.blueprint.base import EntityName, Grant, Model
from apiwright.blueprint.members import Field

Json = str | int | float | bool | list[object] | dict[str, object]
Unfit = Literal["refuse", "clear", "truncate"]


class ChangeModel(Model):
    """One step from a blueprint to another. It prints as a sentence, and tells what it means for rows that are there."""

    model_config = ConfigDict(defer_build=True)  # there are dozens, and most runs use none

    @property
    def sentence(self) -> str:
        """The change in plain words, with a full stop."""
        raise NotImplementedError

    @property
    def loses(self) -> str:
        """What stored values it throws away, as a noun phrase; empty when none. Such a change must be confirmed."""
        return ""

    @property
    def narrows(self) -> str:
        """What stored rows must fulfil for it, as a clause; empty when any row will do. It is checked before anything is altered."""
        return ""

    @property
    def destructive(self) -> bool:
        """Whether stored values are thrown away."""
        return bool(self.loses)

    def __str__(self) -> str:
        return self.sentence


class EntityChange(ChangeModel):
    """A change within one entity."""

    entity: EntityName


class Conversion(Model):
    """What becomes of stored values; by default they are kept as they are, and refused where they do not fit.

    Attributes:
        fill: What an empty value becomes; by default the field's own default.
        factor: What numbers are multiplied by, e.g. 100 from euros to cents; the result is rounded to what the new type holds.
        replace: Pairs of an old value of an enum and the one that takes its place.
        unfit: What happens to values that the new rules do not take: the migration refuses, or clears them (`fill` then
            applies), or cuts text to the new length.
    """

    fill: Json | None = None
    factor: Annotated[int | float, Is(gt=0)] | None = None
    replace: tuple[tuple[str, str], ...] = ()
    unfit: Unfit = "refuse"


KEEP = Conversion()


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def an(name: str, article: Literal["A", "a"] = "a") -> str:
    """The name with its article: `an Order`."""
    return f"{article}{'n' if name[0].lower() in 'aeio' else ''} {name}"


def shown(value: object) -> str:
    """A value within a sentence: short, on one line."""
    text = " ".join(str(value).lower().split()) if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def described(field: Field) -> str:
    """A field in words: `due_date (date, required)`."""
    parts: list[str] = [field.type if field.type != "enum" else f"one of {listed((shown(v) for v in field.values), 'or')}"]
    parts += [word for word, holds in (("required", field.required), ("unique", field.unique)) if holds]
    if field.default is not None:
        parts.append(f"default {shown(field.default)}")
    if field.min_length is not None:
        parts.append(f"at least {field.min_length} characters")
    if field.max_length is not None:
        parts.append(f"up to {field.max_length} characters")
    parts += [f"{word} {shown(bound)}" for word, bound in (("at least", field.min), ("at most", field.max)) if bound is not None]
    return f"{field.name} ({', '.join(parts)})"


def granted(grants: Sequence[Grant]) -> str:
    """Who may, in words: `the owner or the role admin`."""
    names = {"public": "anybody", "authenticated": "whoever is logged in", "owner": "the owner"}
    return listed((names.get(grant) or f"the role {grant.removeprefix('role:')}" for grant in grants), "or") or "nobody"
