"""Changes of fields."""

from typing import Literal

from apiwright.blueprint.base import MemberName
from apiwright.blueprint.changes.base import KEEP, Conversion, EntityChange, Json, an, described, listed, shown
from apiwright.blueprint.changes.conversions import convertible, loss_between
from apiwright.blueprint.members import Field

_TIGHTER = ("min", "min_length")
_LOOSER = ("max", "max_length")
_WORDS = {
    "min": "smallest value", "max": "largest value", "min_length": "shortest length", "max_length": "longest length",
    "pattern": "pattern", "precision": "digits", "scale": "decimals", "default": "default",
}  # fmt: skip


class AddField(EntityChange):
    """A new column. Rows that are there get `fill`, or the field's default, or a plain value of its type when it is required."""

    kind: Literal["add_field"] = "add_field"
    item: Field
    fill: Json | None = None

    @property
    def sentence(self) -> str:
        return f"Add {described(self.item)} to {self.entity}."

    @property
    def narrows(self) -> str:
        if self.item.required and self.item.default is None and self.item.unique:
            return f"at most one row of {self.entity} is there, since no two may have the same {self.item.name}"
        return ""


class RemoveField(EntityChange):
    """A column goes, with its values."""

    kind: Literal["remove_field"] = "remove_field"
    item: Field

    @property
    def sentence(self) -> str:
        return f"Remove {self.item.name} from {self.entity}."

    @property
    def loses(self) -> str:
        return f"the {self.item.name} of every {self.entity}"


class RenameField(EntityChange):
    """The same values under another name. Whatever refers to the field follows."""

    kind: Literal["rename_field"] = "rename_field"
    name: MemberName
    to: MemberName

    @property
    def sentence(self) -> str:
        return f"Rename {self.entity}.{self.name} to {self.to}; its values stay."


class AlterField(EntityChange):
    """Other rules for a field, with what becomes of its values."""

    kind: Literal["alter_field"] = "alter_field"
    before: Field
    after: Field
    conversion: Conversion = KEEP

    @property
    def sentence(self) -> str:
        parts = [*self._type(), *self._rules()]
        if not parts:
            return f"Describe {self.entity}.{self.after.name} anew."
        return f"{self.entity}.{self.after.name}: {listed(parts)}{self._converted()}."

    @property
    def loses(self) -> str:
        name = f"the {self.before.name} of every {self.entity}"
        if not convertible(self.before.type, self.after.type):
            return f"{name}: no {self.before.type} can be read as {an(self.after.type)}"
        lost = loss_between(self.before.type, self.after.type)
        if lost and self.conversion.factor is None:
            return f"{lost} of {name}"
        return f"what does not fit of {name}" if self.conversion.unfit != "refuse" else ""

    @property
    def narrows(self) -> str:
        if self.conversion.unfit != "refuse" or not convertible(self.before.type, self.after.type):
            return ""
        name, where = self.after.name, f"{self.entity}.{self.after.name}"
        parts = [f"each value of {where} can be read as {an(self.after.type)}"] if self.before.type != self.after.type else []
        if self.after.unique and not self.before.unique:
            parts.append(f"no two rows of {self.entity} have the same {name}")
        if self.fills_nothing:
            parts.append(f"every {self.entity} has {an(name)}")
        if self.tighter:
            parts.append(f"each value of {where} keeps the new rules")
        gone = [shown(value) for value in self.dropped]
        if gone:
            parts.append(f"no {self.entity} has the {name} {listed(gone, 'or')}")
        return listed(parts)

    @property
    def convertible(self) -> bool:
        """Whether values of the former type can be read as the new one, at least where they look like one."""
        return convertible(self.before.type, self.after.type)

    @property
    def fills_nothing(self) -> bool:
        """Whether empty values become forbidden with nothing to take their place."""
        was_empty = not self.before.required and self.before.default is None
        return was_empty and self.after.required and self.after.default is None and self.conversion.fill is None

    @property
    def tighter(self) -> bool:
        """Whether a bound, a length, a pattern or the number of digits takes less than before."""

        def stricter(name: str, *, rising: bool) -> bool:
            old, new = getattr(self.before, name), getattr(self.after, name)
            return new is not None and (old is None or (new > old if rising else new < old))

        digits = [((field.precision or 12) - (2 if field.scale is None else field.scale)) for field in (self.before, self.after)]
        return (
            any(stricter(name, rising=True) for name in _TIGHTER)
            or any(stricter(name, rising=False) for name in _LOOSER)
            or (self.after.pattern is not None and self.after.pattern != self.before.pattern)
            or (self.after.type == "decimal" == self.before.type and (digits[1] < digits[0] or stricter("scale", rising=False)))
        )

    @property
    def dropped(self) -> tuple[str, ...]:
        """Values of an enum that are gone and not replaced."""
        replaced = {old for old, _ in self.conversion.replace}
        return tuple(value for value in self.before.values if self.after.values and value not in {*self.after.values, *replaced})

    def _type(self) -> list[str]:
        parts = [f"{self.before.type} becomes {self.after.type}"] if self.before.type != self.after.type else []
        if self.before.values != self.after.values and self.after.values:
            more = [f"the value {shown(value)} is added" for value in self.after.values if value not in self.before.values]
            less = [f"the value {shown(value)} is dropped" for value in self.before.values if value not in self.after.values]
            parts += [*more, *less] or ["its values come in another order"]
        return parts

    def _rules(self) -> list[str]:
        parts: list[str] = []
        if self.before.required != self.after.required:
            parts.append("becomes required" if self.after.required else "becomes optional")
        for name, old, new in (("unique", self.before.unique, self.after.unique), ("indexed", self.before.indexed, self.after.indexed)):
            parts += [] if old == new else [f"is {name}" if new else f"is no longer {name}"]
        for name, word in _WORDS.items():
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old != new:
                parts.append(f"loses its {word}" if new is None else f"its {word} becomes {shown(new)}")
        return parts

    def _converted(self) -> str:
        how = self.conversion
        parts = [f"values are multiplied by {how.factor}"] if how.factor is not None else []
        parts += [f"{shown(old)} turns into {shown(new)}" for old, new in how.replace]
        parts += [f"empty ones become {shown(how.fill)}"] if how.fill is not None else []
        parts += {"refuse": [], "clear": ["what does not fit is cleared"], "truncate": ["text that is too long is cut"]}[how.unfit]
        return f" ({listed(parts)})" if parts else ""
