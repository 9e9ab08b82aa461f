"""What the user chooses for values that a change would refuse: `Todo.title=truncate`, `Order.status=replace:draft:open`."""

import json
from collections.abc import Sequence
from typing import Any

from apiwright.blueprint.changes.base import Conversion, Json
from apiwright.blueprint.changes.fields import AddField, AlterField
from apiwright.blueprint.changes.relations import AddRelation
from apiwright.blueprint.changes.union import Change
from apiwright.blueprint.members import Field
from apiwright.blueprint.validation.fields import refusal
from apiwright.blueprint.validation.limits import TEXTS
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError

Choice = tuple[str, str]
"""`Entity.member` by its present name, and how: `truncate`, `clear`, `fill:VALUE`, `factor:NUMBER`, `replace:OLD:NEW`."""
_HINT = "Say truncate, clear, fill:VALUE, factor:NUMBER or replace:OLD:NEW."


def with_choices(changes: Sequence[Change], choices: Sequence[Choice]) -> tuple[Change, ...]:
    """The changes with conversions as they were chosen; several choices for one field add up.

    Raises:
        InputError: A choice names nothing that these changes touch, or is none for that field.
    """
    chosen = list(changes)
    for where, how in choices:
        at = next((at for at in reversed(range(len(chosen))) if _touches(chosen[at], where)), None)
        if at is None:
            raise _unfit(where, how, "No value of it is converted by these changes.", "Name a field that they add or alter: Todo.title.")
        chosen[at] = _chosen(chosen[at], where, how)
    return tuple(chosen)


def _touches(change: Change, where: str) -> bool:
    match change:
        case AlterField():
            return where == f"{change.entity}.{change.after.name}"
        case AddField() | AddRelation():
            return where == f"{change.entity}.{change.item.name}"
        case _:
            return False


def _chosen(change: Change, where: str, how: str) -> Change:
    kind, _, rest = how.partition(":")
    if isinstance(change, AlterField):
        return change.model_copy(update={"conversion": change.conversion.model_copy(update=_conversion(change, where, kind, rest))})
    if kind != "fill" or not isinstance(change, AddField | AddRelation):
        raise _unfit(where, how, "It is new, so there is nothing to convert.", "What rows get is told with fill:VALUE.")
    value = rest if isinstance(change, AddRelation) else _value(change.item, where, rest)
    return change.model_copy(update={"fill": value})


def _conversion(change: AlterField, where: str, kind: str, rest: str) -> dict[str, Any]:
    """What a choice says of the conversion of a field.

    Raises:
        InputError: It says nothing of such a field.
    """
    how = f"{kind}:{rest}" if rest else kind
    match kind:
        case "truncate" if not rest and change.after.type in TEXTS:
            return {"unfit": "truncate"}
        case "clear" if not rest:
            return {"unfit": "clear"}
        case "fill":
            return {"fill": _value(change.after, where, rest)}
        case "factor" if _is_factor(rest):
            return {"factor": Conversion.model_validate({"factor": float(rest)}).factor}
        case "replace":
            return {"replace": (*change.conversion.replace, _replaced(change, where, rest))}
        case _:
            raise _unfit(where, how, f"That is no way to convert {change.after.type} values.", _HINT)


def _replaced(change: AlterField, where: str, rest: str) -> tuple[str, str]:
    pairs = [(old, rest.removeprefix(f"{old}:")) for old in change.before.values if rest.startswith(f"{old}:")]
    found = next(((old, new) for old, new in pairs if new in change.after.values), None)
    if found is None:
        told = f"was one of {', '.join(change.before.values) or 'none'}; is one of {', '.join(change.after.values) or 'none'}"
        raise _unfit(where, f"replace:{rest}", f"It names no former and present value ({told}).", "Say replace:OLD:NEW.")
    return found


def _is_factor(text: str) -> bool:
    try:
        return 0 < float(text) < float("inf")
    except ValueError:
        return False


def _value(field: Field, where: str, text: str) -> Json:
    """A value of a field, as it is written in a choice."""
    value: Json = text
    if field.type in {"integer", "float", "boolean", "json"}:
        try:
            value = json.loads(text)
        except ValueError:
            value = text
    if (reason := refusal(field, value)) is not None:
        raise _unfit(where, f"fill:{text}", f"{text!r} {reason}.", f"Give a value that {field.name} takes.")
    return value


def _unfit(where: str, how: str, message: str, hint: str) -> InputError:
    return InputError([Diagnostic(code="conversion-unfit", where=f"{where}={how}", message=message, hint=hint)])
