"""Requests about values that are there: what a change makes of those that it would refuse."""

import re

from apiwright.blueprint.changes import AddField, AlterField
from apiwright.blueprint.changes.choices import with_choices
from apiwright.errors import InputError
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, member_name


def _convert(scene: Scene, how: str, name: str = "") -> bool:
    """Say it of the field that was changed last."""
    for at in reversed(range(len(scene.changes))):
        change = scene.changes[at]
        if isinstance(change, AlterField | AddField):
            field = change.after if isinstance(change, AlterField) else change.item
            if name and name != field.name:
                continue
            try:
                scene.changes[at : at + 1] = with_choices([change], [(f"{change.entity}.{field.name}", how)])
            except InputError as error:
                raise UnclearError(error.diagnostics[0].message) from error
            return True
    raise UnclearError("It is not said which field's values; name the change first, then what becomes of them")


def _cut(match: re.Match[str], scene: Scene) -> bool:
    """`cut what is longer`."""
    del match
    return _convert(scene, "truncate")


def _clear(match: re.Match[str], scene: Scene) -> bool:
    """`clear what does not fit`."""
    del match
    return _convert(scene, "clear")


def _fill(match: re.Match[str], scene: Scene) -> bool:
    """`existing ones get 0`, `fill the missing ones with unknown`."""
    return _convert(scene, f"fill:{_quoted(match['value'])}")


def _without(match: re.Match[str], scene: Scene) -> bool:
    """`products without a weight get 0`."""
    return _convert(scene, f"fill:{_quoted(match['value'])}", member_name(match["field"]))


def _quoted(words: str) -> str:
    return words.strip(" \"'`.")


_I = re.IGNORECASE
_ONES = r"(?:the )?(?:existing|old|current|missing|empty|other|remaining|present)(?: (?:ones?|rows?|values?|entries|records|\w+))?"
_FITS = r"(?:what(?:ever)?|those that|the ones that|values that|texts that|all that) (?:is|are|does not|doesn't|do not|don't) (?:too )?(?:longer|long|fit|valid|bigger)"
CONVERSIONS = (
    (re.compile(rf"(?:cut|truncate|shorten|trim)(?: off)? (?:{_FITS}|(?:the )?(?:longer|long) (?:ones|values|texts|\w+)|the rest|(?:it|them)(?: (?:off|down))?)", _I), _cut),
    (re.compile(rf"(?:clear|empty|blank|null)(?: out)? (?:{_FITS}|the rest|the (?:wrong|invalid|bad|unfit) ones)", _I), _clear),
    (re.compile(rf"(?:for )?{_ONES},? (?:should |will |must |can )?(?:get|gets|be|become|becomes|are set to|use|have|be set to) (?P<value>\S.*)", _I), _fill),
    (re.compile(rf"(?:fill|set)(?: in)? {_ONES} (?:with|to) (?P<value>\S.*)", _I), _fill),
    (re.compile(rf"use (?P<value>\S.*?) (?:for|where) {_ONES}", _I), _fill),
    (re.compile(r"(?:put|use|set|write|fill in|insert) (?P<value>\S.*?) (?:where|if|when|wherever) (?:it|they|one|none|nothing|there) (?:is|are)(?: (?:missing|empty|not set|null|none|set|there))?", _I), _fill),
    (re.compile(r"[\w ]+? without (?:a |an |any )?(?P<field>[\w ]+?) (?:should |will |must )?(?:get|become|be set to|have) (?P<value>\S+)", _I), _without),
)  # fmt: skip
