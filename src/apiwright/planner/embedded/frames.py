"""What things hang on by what they are, whether or not the catalogue knows them: a reading comes from a meter, a wing is part of a prison.

`words/ladders.txt` tells what is part of what, `words/frames.txt` what else a thing of a kind is tied to. Only what nothing else has
tied is added: what the prompt states and what the catalogue knows of an entity come before.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.senses import ORDER, heads_of, known_as, sense_of
from apiwright.planner.embedded.words import word_list

_FOLDER = Path(__file__).parent / "words"
_NAMED_AFTER = frozenset({"happening", "deal", "money", "record"})
_OF_MAIN = frozenset({"happening", "deal", "money", "record"})
_ANY = frozenset({"$thing", "$place"})
Ladder = tuple[tuple[str, ...], ...]


class Slot(Struct, frozen=True):
    """One thing that things of a kind are tied to: the first of `words` that is there. `unless` some other is there."""

    words: tuple[str, ...]
    many: bool = False
    inverse: bool = False
    always: bool = False
    unless: str = ""


class _Thing(Struct):
    """An entity with what it may be known by: its words, and `$sense`."""

    entity: EntityDraft
    sense: str
    known: frozenset[str]
    at: int


@cache
def ladders() -> dict[str, list[tuple[int, Ladder]]]:
    """Word -> its steps on ladders, in the order of the file."""
    found: dict[str, list[tuple[int, Ladder]]] = {}
    for line in _lines("ladders"):
        ladder = tuple(tuple(step.replace("_", "").split("/")) for step in line.split())
        for at, words in enumerate(ladder):
            for word in words:
                found.setdefault(word, []).append((at, ladder))
    return found


@cache
def frames() -> dict[str, tuple[Slot, ...]]:
    """Word or `$sense` -> its slots."""
    found: dict[str, tuple[Slot, ...]] = {}
    for line in _lines("frames"):
        words, _, rest = line.partition(":")
        slots = tuple(map(_slot, rest.split()))
        for word in words.split():
            found[word] = (*found.get(word, ()), *slots)
    return found


def _lines(name: str) -> list[str]:
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _slot(text: str) -> Slot:
    said, _, unless = text.lstrip("*<").rstrip("!").partition("-")
    words = tuple(said.replace("_", "").split("/"))
    return Slot(words=words, many=text[0] == "*", inverse=text[0] == "<", always=text.endswith("!"), unless=unless)


def link_by_sense(draft: Draft) -> None:
    """Ties things by what they are: parts to their whole, what happens to whom and what it happens to, money to what is paid."""
    things = _things(draft)
    if len(things) < 2:
        return
    for thing in things:
        _climb(draft, thing, things)
    for thing in sorted(things, key=lambda item: ORDER.index(item.sense)):
        _name(draft, thing, things)
        told = sum(item.origin.kind == "prompt" for item in thing.entity.relations.values()) > 1
        for slot in _slots(thing):
            _fill(draft, thing, slot, things, told=told)


def _things(draft: Draft) -> list[_Thing]:
    """What is there, in the order of the prompt: all but the accounts and the pairs."""
    found: list[_Thing] = []
    for entity in draft.entities.values():
        pair = entity.unique_together or (entity.entry is not None and entity.entry.flags & {"pair", "account"})
        if entity.name == draft.account or pair:
            continue
        sense = sense_of(entity)
        words = {*known_as(entity.name), *(heads_of(entity.entry.name)[:1] if entity.entry is not None else ())}
        start = entity.origin.start if entity.origin.kind == "prompt" else None
        found.append(_Thing(entity=entity, sense=sense, known=frozenset({*words, f"${sense}"}), at=1_000_000 if start is None else start))
    return sorted(found, key=lambda thing: thing.at)


def _slots(thing: _Thing) -> Iterator[Slot]:
    own = [slot for word in heads_of(thing.entity.name) for slot in frames().get(word, ())]
    yield from own or frames().get(f"${thing.sense}", ())


def _climb(draft: Draft, thing: _Thing, things: list[_Thing]) -> None:
    """Ties a part to its whole: what stands nearest above it on the first ladder that has some of what is there."""
    for word in heads_of(thing.entity.name):
        for at, ladder in ladders().get(word, ()):
            for step in reversed(ladder[:at]):
                above = [other for other in things if other is not thing and not other.known.isdisjoint(step)]
                if above:
                    if not any(_are_tied(thing, other) for other in above):
                        _tie(draft, thing, _nearest(thing, above), Slot(words=step))
                    return


def _name(draft: Draft, thing: _Thing, things: list[_Thing]) -> None:
    """A book loan is of a book, and a pump run of a pump, also where the catalogue calls them loan and run."""
    origin = thing.entity.origin
    said = [singular(word) for word in origin.text.lower().split()] if origin.kind == "prompt" else []
    words = [word.lower() for word in words_of(thing.entity.name)]
    words = said if said[-1:] == words[-1:] else words
    if len(words) < 2 or thing.sense not in _NAMED_AFTER:
        return
    same = [other for other in things if other is not thing and words[-2] == heads_of(other.entity.name)[0]]
    if same and not any(_are_tied(thing, other) for other in same):
        _tie(draft, thing, _nearest(thing, same), Slot(words=()))


def _fill(draft: Draft, thing: _Thing, slot: Slot, things: list[_Thing], *, told: bool) -> None:
    if told and not slot.many:
        return
    fitting = [other for other in things if other is not thing and not other.known.isdisjoint(slot.words)]
    if not fitting or any(_are_tied(thing, other) for other in fitting):
        return
    others = [other for other in things if other is not thing]
    if any(slot.unless in other.known for other in others):
        return
    for word in slot.words:
        if word in _ANY and len(slot.words) > 1 and _hangs_on_something(thing, others):
            continue
        there = [other for other in fitting if word in other.known]
        if there:
            _tie(draft, thing, there[0] if word[0] == "$" and thing.sense in _OF_MAIN else _nearest(thing, there), slot)
            return


def _hangs_on_something(thing: _Thing, others: list[_Thing]) -> bool:
    return any(_is_thing(other) and thing.entity.leads_to(other.entity.name) for other in others)


def _is_thing(thing: _Thing) -> bool:
    return thing.sense not in {"comer", "staff", "label"}


def _nearest(thing: _Thing, others: list[_Thing]) -> _Thing:
    """Of several the one spoken of last before a thing, else the first after it; remarks are on the first."""
    before = [other for other in others if other.at < thing.at]
    first = heads_of(thing.entity.name)[0] in word_list("remark") | {"review", "rating"}
    return before[-1] if before and not first else others[0]


def _are_tied(thing: _Thing, other: _Thing) -> bool:
    return thing.entity.leads_to(other.entity.name) or other.entity.leads_to(thing.entity.name)


def _tie(draft: Draft, thing: _Thing, other: _Thing, slot: Slot) -> None:
    source, target = (other.entity, thing.entity) if slot.inverse else (thing.entity, other.entity)
    if _leads_on(draft, target.name, source.name, set()) or (not slot.always and _leads_on(draft, source.name, target.name, set())):
        return
    if draft.account is not None and source.leads_to(draft.account) and target.leads_to(draft.account) and other.sense == "comer":
        return  # whose it is is told by the account
    spoken, what = (" ".join(words_of(name)).lower() for name in (source.name, target.name))
    if slot.many:
        origin = because(f"A {spoken} was taken to have several {plural(what)}.")
        source.add_relation(Relation(name=plural(snake(target.name)), kind="many_to_many", target=target.name, origin=origin))
    else:
        origin = because(f"A {spoken} was taken to be tied to a {what}, for what they are.")
        source.add_relation(Relation(name=snake(target.name), target=target.name, on_delete="set_null", origin=origin))


def _leads_on(draft: Draft, source: str, target: str, seen: set[str]) -> bool:
    """Whether an entity leads to another, if over third ones."""
    if source in seen or source not in draft.entities:
        return False
    seen.add(source)
    ties = [item.target for item in draft.entities[source].relations.values() if item.kind != "many_to_many"]
    return target in ties or any(_leads_on(draft, tie, target, seen) for tie in ties if tie != draft.account)
