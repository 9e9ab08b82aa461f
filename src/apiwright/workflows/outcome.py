"""Changes as they are told over HTTP, and what a user must have said before they are made. Loads neither compiler nor verifier."""

from collections.abc import Mapping, Sequence
from typing import Any

from apiwright.blueprint.changes import AddField, AlterField, Change, Conversion, Widening
from apiwright.blueprint.validation.limits import TEXTS
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError


def told(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Kind and sentence of each change, what it loses, what it needs of the rows that are there, and what may become of those."""
    return [
        {"kind": item.kind, "sentence": item.sentence, "loses": item.loses, "needs": item.narrows, "offer": _offer(item)}
        for item in changes
    ]


def refuse_losses(changes: Sequence[Change]) -> None:
    """Raise `InputError` when stored values would be thrown away."""
    lossy = [change for change in changes if change.loses]
    if lossy:
        hint = "Ask again with `allow_data_loss: true`."
        raise InputError(
            [Diagnostic(code="data-loss", where=change.sentence, message=f"This loses {change.loses}.", hint=hint) for change in lossy]
        )


def refuse_widening(unasked: Sequence[Widening]) -> None:
    """Raise `InputError` when changes let more people in than the request says."""
    if unasked:
        message = "This lets more people in, and the request does not plainly say so: {}"
        hint = "Ask for it alone and plainly, or ask again with `allow_wider_access: true`."
        raise InputError(
            [Diagnostic(code="access-widened", where=item.where, message=message.format(item.sentence), hint=hint) for item in unasked]
        )


def converted(changes: Sequence[Change], chosen: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """The changes with what the user wants stored values to become.

    Args:
        changes: As they were understood.
        chosen: `entity`, `field` and `conversion` of each choice; of a field that is added only `fill` counts.

    Raises:
        InputError: A choice fits none of the changes.
    """
    made = list(changes)
    problems: list[Diagnostic] = []
    for choice in chosen:
        where = f"{choice['entity']}.{choice['field']}"
        found = next((number for number, change in enumerate(made) if _field(change) == where), None)
        if found is None:
            message = f"Nothing that was asked for adds or alters {where}."
            hint = "Leave its conversion out, or name the field as it will be."
            problems.append(Diagnostic(code="conversion-unused", where=where, message=message, hint=hint))
            continue
        made[found] = _with_conversion(made[found], choice["conversion"])
    if problems:
        raise InputError(problems)
    return tuple(made)


def _offer(change: Change) -> dict[str, Any] | None:
    """The conversions that a user may choose for rows that do not fit a change; None where there is nothing to choose."""
    if not isinstance(change, AlterField) or not change.narrows:
        return None
    fits = {
        "truncate": change.tighter and change.after.type in TEXTS and change.after.max_length is not None,
        "clear": not change.after.required,
        "fill": change.fills_nothing,
        "replace": bool(change.dropped),
    }
    ways = [way for way, offered in fits.items() if offered]
    if not ways:
        return None
    return {
        "entity": change.entity, "field": change.after.name, "ways": ways,
        "dropped": list(change.dropped), "values": list(change.after.values),
    }  # fmt: skip


def _field(change: Change) -> str:
    match change:
        case AlterField():
            return f"{change.entity}.{change.after.name}"
        case AddField():
            return f"{change.entity}.{change.item.name}"
        case _:
            return ""


def _with_conversion(change: Change, conversion: Mapping[str, Any]) -> Change:
    if isinstance(change, AddField):
        return change.model_copy(update={"fill": conversion.get("fill")})
    return change.model_copy(update={"conversion": Conversion.model_validate(conversion)})
