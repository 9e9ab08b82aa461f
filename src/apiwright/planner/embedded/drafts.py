"""Entities while they are being put together: unlike the blueprint's they may still change."""

from typing import Literal

from msgspec import Struct, field

from apiwright.blueprint import Count, Field, Operation, Origin, PairAction, Relation, Transition
from apiwright.blueprint.base import OPERATIONS
from apiwright.planner.embedded.catalogue import Entry
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.spelling import Spelling

RESERVED = frozenset({"id", "created_at", "updated_at", "password", "hashed_password", "password_hash", "metadata", "registry"})
Strength = Literal["prompt", "catalogue", "convention"]


class EntityDraft(Struct):
    """One entity to be."""

    name: str
    entry: Entry | None
    origin: Origin
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    relations: dict[str, Relation] = field(default_factory=dict[str, Relation])
    owned_via: str | None = None
    operations: tuple[Operation, ...] = OPERATIONS
    transitions: list[Transition] = field(default_factory=list[Transition])
    pair_actions: list[PairAction] = field(default_factory=list[PairAction])
    counts: list[Count] = field(default_factory=list[Count])
    unique_together: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    public: bool = False
    stated_fields: bool = False

    def free(self, name: str) -> bool:
        """Whether a member of that name can still be added: neither taken, nor reserved, nor the column of a relation."""
        if name in self.fields or name in self.relations or name in RESERVED or f"{name}_id" in self.fields:
            return False
        return not name.endswith("_id") or name.removesuffix("_id") not in self.relations

    def add_relation(self, relation: Relation) -> bool:
        """Adds a relation whose name is free; a field of that name gives way to it."""
        if relation.name in self.relations or relation.name in RESERVED or len(relation.name) > 45:
            return False
        self.fields.pop(relation.name, None)
        self.fields.pop(f"{relation.name}_id", None)
        self.relations[relation.name] = relation
        return True

    def leads_to(self, target: str) -> bool:
        """Whether some relation leads to that entity."""
        for relation in self.relations.values():  # noqa: SIM110 - asked of every two entities, a generator would double its cost
            if relation.target == target:
                return True
        return False


class Draft(Struct):
    """All entities to be, in order, and who has an account.

    Attributes:
        folded: Kinds of people that are users with a role: entry of the catalogue (or concept) -> the role.
    """

    spelling: Spelling
    entities: dict[str, EntityDraft] = field(default_factory=dict[str, EntityDraft])
    account: str | None = None
    account_span: Span | None = None
    roles: dict[str, Span] = field(default_factory=dict[str, Span])
    folded: dict[str, str] = field(default_factory=dict[str, str])
    assumptions: list[str] = field(default_factory=list[str])

    @property
    def prompt(self) -> str:
        """The prompt as it is meant, without slips of the pen."""
        return self.spelling.text

    def by_entry(self, entry: str) -> str | None:
        """The entity made after an entry of the catalogue, or None."""
        if entry in self.entities:
            return entry
        if entry == "User":
            return self.account
        for item in self.entities.values():
            if item.entry is not None and item.entry.name == entry:
                return item.name
        return None

    def said(self, span: Span) -> Origin:
        """An origin that quotes the prompt: its words, or where only their beginning is known, all up to the end of the sentence."""
        written = self.spelling.prompt
        start = self.spelling.written(max(span.start, 0))
        end = max(min(self.spelling.written(max(span.end, span.start)), len(written)), start)
        if end == start:
            end = next((place for place in range(start + 1, len(written)) if written[place] in ".;!?\n"), len(written))
        return Origin(kind="prompt", text=written[start:end][:300], start=start, end=end)


def because(text: str, *, kind: Literal["catalogue", "convention"] = "convention") -> Origin:
    """An origin that is a rule, or what the domain implies."""
    return Origin(kind=kind, text=text)
