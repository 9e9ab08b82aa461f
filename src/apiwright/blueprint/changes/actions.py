"""Changes of what an entity does beyond its five operations: transitions, pair actions, counts. None of them touches rows."""

from typing import Literal

from apiwright.blueprint.changes.base import EntityChange, an, granted, listed
from apiwright.blueprint.members import Count, PairAction, Transition


class AddTransition(EntityChange):
    """A new action that moves an enum."""

    kind: Literal["add_transition"] = "add_transition"
    item: Transition

    @property
    def sentence(self) -> str:
        item = self.item
        source = f"from {listed(item.sources, 'or')} " if item.sources else ""
        return f"Add the action {item.name} to {self.entity}: it moves {item.field} {source}to {item.target}, for {granted(item.access)}."


class RemoveTransition(EntityChange):
    """An action goes."""

    kind: Literal["remove_transition"] = "remove_transition"
    item: Transition

    @property
    def sentence(self) -> str:
        return f"Remove the action {self.item.name} from {self.entity}."


class AlterTransition(EntityChange):
    """Other terms for an action."""

    kind: Literal["alter_transition"] = "alter_transition"
    before: Transition
    after: Transition

    @property
    def sentence(self) -> str:
        before, after = self.before, self.after
        parts = [f"moves {after.field}"] if before.field != after.field else []
        if before.sources != after.sources:
            parts.append(f"starts from {listed(after.sources, 'or') or 'any other value'}")
        parts += [f"ends in {after.target}"] if before.target != after.target else []
        parts += [f"is for {granted(after.access)}"] if before.access != after.access else []
        if before.stamp != after.stamp:
            parts.append(f"notes the moment in {after.stamp}" if after.stamp else "no longer notes the moment")
        return f"The action {after.name} of {self.entity} {listed(parts) or 'is described anew'}."


class AddPairAction(EntityChange):
    """Two new opposite actions of users on rows."""

    kind: Literal["add_pair_action"] = "add_pair_action"
    item: PairAction

    @property
    def sentence(self) -> str:
        return f"Users can {self.item.name} and {self.item.undo} {an(self.entity)}."


class RemovePairAction(EntityChange):
    """Two opposite actions go; their pairs stay until their entity goes."""

    kind: Literal["remove_pair_action"] = "remove_pair_action"
    item: PairAction

    @property
    def sentence(self) -> str:
        return f"Users can no longer {self.item.name} or {self.item.undo} {an(self.entity)}."


class AlterPairAction(EntityChange):
    """Other terms for two opposite actions."""

    kind: Literal["alter_pair_action"] = "alter_pair_action"
    before: PairAction
    after: PairAction

    @property
    def sentence(self) -> str:
        names = ("undo", "through", "actor", "subject")
        parts = [f"{name} becomes {getattr(self.after, name)}" for name in names if getattr(self.before, name) != getattr(self.after, name)]
        parts += [f"is for {granted(self.after.access)}"] if self.before.access != self.after.access else []
        return f"The action {self.after.name} on {an(self.entity)}: {listed(parts) or 'is described anew'}."


class AddCount(EntityChange):
    """A new number in answers."""

    kind: Literal["add_count"] = "add_count"
    item: Count

    @property
    def sentence(self) -> str:
        return f"{an(self.entity, 'A')} tells its {self.item.name}: how many {self.item.source} rows have it as {self.item.via}."


class RemoveCount(EntityChange):
    """A number in answers goes."""

    kind: Literal["remove_count"] = "remove_count"
    item: Count

    @property
    def sentence(self) -> str:
        return f"{an(self.entity, 'A')} no longer tells its {self.item.name}."


class AlterCount(EntityChange):
    """A number in answers that counts something else."""

    kind: Literal["alter_count"] = "alter_count"
    before: Count
    after: Count

    @property
    def sentence(self) -> str:
        return f"{self.entity}.{self.after.name} counts the rows of {self.after.source} by {self.after.via}."
