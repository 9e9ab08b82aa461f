"""What was decided: the entities to be, and names that mean another one."""

from msgspec import Struct, field

from apiwright.planner.embedded.catalogue import Entry
from apiwright.planner.embedded.notes import Span


class Chosen(Struct):
    """An entity to be. `span` is None when the prompt does not name it; `reason` then says why it is there."""

    name: str
    entry: Entry | None
    span: Span | None
    reason: str = ""
    score: float = 0.0
    declared: bool = False


class Decision(Struct):
    """The entities by name, names that mean another one (`Client` -> `Customer`), and what was assumed."""

    chosen: dict[str, Chosen] = field(default_factory=dict[str, Chosen])
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    assumptions: list[str] = field(default_factory=list[str])

    def resolve(self, name: str) -> str | None:
        """The name of the entity that a concept became, or None."""
        name = self.renamed.get(name, name)
        return name if name in self.chosen else None

    def by_entry(self, entry: str) -> str | None:
        """The entity made after an entry of the catalogue, or None. One of the entry's own name comes first."""
        if entry in self.chosen:
            return entry
        return next((item.name for item in self.chosen.values() if item.entry is not None and item.entry.name == entry), None)
