"""States as prose tells them: `an episode is either draft or published`, `its status can be open or closed`."""

import re

from msgspec.structs import replace

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.verb_forms import is_past

_ARROWS = Pattern(r"\b(?P<values>[a-z][a-z_]*(?:\s*(?:->|=>|\u2192)\s*[a-z][a-z_]*)+)", cues=("->", "=>", "→"))
_MARKED = Pattern(
    r"\bmarks?\s+(?:an?|the|their|each|every)\s+(?P<noun>[a-z]+(?:\s[a-z]+)?)\s+as\s+(?P<values>\w+(?:,\s*\w+)*,?\s+or\s+\w+)\b",
    re.IGNORECASE,
    cues=("mark",),
)
_ITS = Pattern(
    r"\b(?:its|their|the|whose|his|her)\s+(?P<name>status|state|types?|kind|result|outcome|priority|stage|level|category|condition|severity|mode|role|grade"
    r"|difficulty|mood|phase|method|size)\s+(?:(?:can|may|must|should|will)\s+be|is|are)\s+(?:either\s+|one\s+of:?\s+)?"
    r"(?P<values>[a-z][\w-]*(?: [\w-]+){0,2}(?:,\s*[a-z][\w-]*(?: [\w-]+){0,2})*,?\s+or\s+[a-z][\w-]*(?: [\w-]+)?)(?=\s*(?:[.,;]|$))",
    re.IGNORECASE,
    cues=("its ", "their ", "the ", "whose ", "his ", "her "),
)
_ONE_OF = Pattern(
    r"^\s*(?:(?:the|its|their)\s+)?(?P<name>status|state|type|kind|result|outcome|priority|stage|level|category|condition|severity|mode|grade|size|score)"
    r"\s+(?:is|must\s+be|can\s+be|may\s+be)\s+(?:always\s+)?one\s+of:?\s+(?P<values>[\w][^.;:()\n]{2,200})$",
    re.IGNORECASE,
    cues=("one of",),
)
_WORDS = r"[a-z][\w-]*(?: [\w-]+)?"
_KINDS = Pattern(
    r"(?:^|[.;,]\s*|\b(?:the|and|there\s+are|different|three|four|two)\s+)(?P<noun>[a-z]+)\s+(?P<name>types?|kinds?|status(?:es)?|categories|levels|sizes|classes|methods?)"
    r"(?:\s+(?:are|is|can\s+be):?\s+|:\s+|\s+(?=[a-z]+,\s))"
    rf"(?P<values>{_WORDS}(?:,\s*{_WORDS})*,?\s+(?:and|or)\s+[a-z][\w-]*|[a-z][\w-]*(?:,\s*[a-z][\w-]*)+)(?=\s*(?:[.;)]|$|\swith\b))",
    re.IGNORECASE,
    cues=("type", "kind", "status", "categories", "levels", "sizes", "classes", "method"),
)
_LISTED = Pattern(
    r"\b(?:an?|the|its|their|his|her|with)\s+(?P<name>status|state|type|kind|result|outcome|priority|stage|level|category|condition|severity|mode|role"
    r"|phase|difficulty|mood|method|size|visibility)\s*:\s*"
    r"(?P<values>[a-z][\w-]*(?: [\w-]+)?(?:,\s*[a-z][\w-]*(?: [\w-]+)?)+(?:,?\s+(?:or|and)\s+[a-z][\w-]*)?)(?=\s*(?:[.;)]|$))",
    re.IGNORECASE,
    cues=(":",),
)
_CHANGED = Pattern(
    r"(?:\b(?P<things>[a-z]+s)\s+and\s+(?:then\s+|also\s+)?(?:can\s+)?)?"
    r"\b(?:changes?|updates?|sets?|tracks?|edits?|manages?)\s+(?:the|its|their)\s+"
    r"(?P<name>status|state|stage|phase|priority|severity|condition)(?:es|s)?"
    r"(?:\s+of\s+(?:(?:an?|the|each|every|their|all|its)\s+)?(?P<noun>[a-z]+(?:\s[a-z]+)?))?"
    r"\s*(?:\((?P<inside>[^()]{3,200})\)|:\s*(?P<values>[a-z][\w, -]{3,200}?(?:,?\s+or\s+[a-z][\w -]*)?)(?=\s*(?:[.;]|$)))",
    re.IGNORECASE,
    cues=("status", "state", "stage", "phase", "priority", "severity", "condition"),
)
_IS = Pattern(
    r"\b(?:an?|each|every)\s+(?P<noun>[a-z]+(?:\s[a-z]+)?)\s+(?:is|can\s+be|may\s+be)\s+(?:either\s+)?"
    r"(?P<values>[a-z]+(?:ed|en|ing|id|free)(?:,\s*[a-z]+)*,?\s+or\s+[a-z]+)(?=\s*(?:[.;]|$))",
    re.IGNORECASE,
    cues=(" is ", "can be", "may be"),
)
_MOVES = Pattern(
    r"\b(?:moves?|goes|go|changes?|switch(?:es)?)\s+from\s+(?P<values>\w+(?:\s\w+)?(?:\s+to\s+\w+(?:\s\w+)?)+)(?=\s*(?:[.,;]|$))",
    re.IGNORECASE,
    cues=("from ",),
)


_SUBJECT = Pattern(
    r"\b(?:an?|each|every|the|our)\s+(?P<noun>[a-z]+(?:\s[a-z]+)?)\s+(?:is|are|has|have|can|may|must|should|will|goes|belongs|contains|needs|starts)\b"
    r"|(?:^\s*|[,;:]\s*|\band\s+)(?P<nouns>[a-z]+(?:\s[a-z]+)?s)\s+(?:are|have|can|may|must|should|will|go|move|belong|contain|need|start)\b",
    re.IGNORECASE,
)


_NOT_YET = Pattern(
    r"\bwhich\s+(?P<noun>[a-z]+s)\s+(?:(?:are|were)\s+(?:not|still\s+not|already)|(?:have|had)(?:\s+(?:not|already))?\s+been|(?:aren|haven)['\u2019]t(?:\s+been)?)\s+"
    r"(?P<done>[a-z]+)\b(?:\s+(?:yet|already))?",
    re.IGNORECASE,
    cues=("which ",),
)


def read_done(said: Discourse, text: str, start: int) -> None:
    """Notes what can be done with a thing, once: `which jobs are not invoiced yet`."""
    for found in _NOT_YET.finditer(text):
        thing = said.concept(said_phrase(found["noun"], start + found.start("noun")))
        if thing is not None and not thing.tail and is_past(found["done"].lower()):
            said.notes.add(thing, 1.2, Span(start + found.start("noun"), start + found.end("noun")), plural=True)
            note = FieldNote(name=found["done"].lower(), start=start + found.start("done"), end=start + found.end("done"), type="boolean")
            said.notes.fields.append((thing.name, replace(note, passing=True)))


def read_kinds(said: Discourse, text: str, start: int) -> str:
    """Notes the kinds of a thing as a member of it: `ticket types are adult, child and senior`; answers the text without them."""
    read_done(said, text, start)
    for found in list(_KINDS.finditer(text)):
        phrase = said_phrase(found["noun"], start + found.start("noun"))
        thing = said.concept(phrase)
        note = field_note(f"{singular(found['name'].lower())} ({found['values']})", start + found.start("name"))
        if phrase is None or thing is None or thing.entry is None or thing.tail or note is None or not note.values:
            continue
        said.notes.add(thing, 1.7, Span(phrase.start, phrase.end), plural=True)
        said.notes.fields.append((thing.name, replace(note, passing=True)))
        begin = found.start("noun")
        text = text[:begin] + " " * (found.end() - begin) + text[found.end() :]
    return text


def read_states(said: Discourse, members: MemberReader, last: Concept | None, sentence: str, at: int) -> None:
    """Notes the values of a status that a sentence tells, of `last` where it names nothing: `draft -> scheduled -> published`."""
    for marked in (*_MARKED.finditer(sentence), *_IS.finditer(sentence)):
        thing = said.concept(said_phrase(marked["noun"], 0))
        if thing is not None and not thing.tail:
            members.state(thing.name, marked["values"], at + marked.start("values"))
    for told in (*_ITS.finditer(sentence), *_LISTED.finditer(sentence)):
        note = field_note(f"{singular(told['name'].lower())} ({told['values']})", at + told.start("values"))
        of = last or spoken_of(said, sentence[: told.start()])
        if of is not None and note is not None and note.values:
            said.notes.fields.append((of.name, note))
    if told := _ONE_OF.match(sentence):
        note = field_note(f"{told['name'].lower()} ({told['values']})", at + told.start("name"))
        itself = last is not None and last.name.lower() == told["name"].lower()
        of = said.concept(said.topic(at)) if last is None or itself else last
        if of is not None and not of.tail and note is not None and note.values:
            said.notes.fields.append((of.name, replace(note, passing=True)))
    for changed in _CHANGED.finditer(sentence):
        _read_change(said, last, changed, at)
    for moved in _MOVES.finditer(sentence):
        if (last := spoken_of(said, sentence[: moved.start()]) or last) is not None:
            members.state(last.name, ", ".join(re.split(r"\s+to\s+", moved["values"])), at + moved.start("values"))
    for arrows in _ARROWS.finditer(sentence):
        if last is not None:
            members.state(last.name, ", ".join(re.split(r"\W+", arrows["values"])), at + arrows.start())


def _read_change(said: Discourse, last: Concept | None, changed: re.Match[str], at: int) -> None:
    """`review applications and change their status (received, rejected)`: what is named beside it has these states."""
    values = "inside" if changed["inside"] else "values"
    note = field_note(f"{singular(changed['name'].lower())} ({changed[values]})", at + changed.start(values))
    named = "noun" if changed["noun"] else "things"
    of = said.concept(said_phrase(changed[named], 0)) if changed[named] else last
    if of is None or of.tail or note is None or not note.values:
        return
    if changed[named]:
        said.notes.add(of, 1.7, Span(at + changed.start(named), at + changed.end(named)), plural=is_plural(changed[named].split()[-1]))
    said.notes.fields.append((of.name, replace(note, passing=True)))


def spoken_of(said: Discourse, text: str) -> Concept | None:
    """What the clauses before are about: the order of `each order is for a day, has several items, and goes from draft to baked`."""
    for found in reversed(list(_SUBJECT.finditer(text))):
        concept = said.concept(said_phrase(found["noun"] or found["nouns"], 0))
        if concept is not None and not concept.tail:
            return concept
    return None
