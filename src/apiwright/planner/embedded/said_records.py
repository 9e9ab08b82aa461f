"""Records told by who and when: `who has which laptop and when it came back`, `each time a parcel is moved we note who did it`.

What is told of one moment after the other (`when each was watered`) is no member of the thing: it happens again.
"""

import re
from collections.abc import Iterator

from apiwright.kit.casing import pascal, snake, words_of
from apiwright.planner.embedded.attributes import known_type
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_field, said_phrase
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.verb_forms import base_of, done_by, happens_again, is_past, moment_of, noun_of, request_to
from apiwright.planner.embedded.words import lexicon, table

_NOUN = r"[a-z][\w\-]*(?:\s(?!(?:and|or|when|since|until|from|at|in|on|for|to|by|with|he|she|they|it|is|was|has)\b)[a-z][\w\-]*)?"
_HOLDS = Pattern(
    rf"\b(?P<who>who|which\s+{_NOUN}?)\s+(?P<verb>(?:has|have|had|is|are)\s+(?:currently\s+)?[a-z]+(?:ed|en|ing|t)|[a-z]+)(?:\s+out)?\s+"
    rf"(?:which|what)\s+(?P<thing>{_NOUN})(?P<rest>(?:,|\s+(?:and|since|until|till|when|from)\b)[^.;:!?\n]*)?",
    re.IGNORECASE,
    cues=("who ", "which "),
)
_ASKED_FOR = Pattern(
    rf"\b(?:want|need|note|record|keep|know|write\s+down|see)(?:\s+to\s+(?:know|see|record|note))?:?\s+(?:which|what)\s+(?P<thing>{_NOUN}),\s+(?P<rest>who\s+(?P<verb>[a-z]+)\s+(?:it|them)\b[^.;:!?\n]*)",
    re.IGNORECASE,
    cues=("who ",),
)
_KEEPING = r"(?:records?|logs?|notes?|stores?|saves?|keeps?|tracks?|writes?\s+down|registers?|captures?|remembers?)"
_WHO_KEEPS = (
    rf"(?:the\s+[a-z]+|we|it|i|you|they)\s+(?:(?:should|must|will|also|has\s+to|have\s+to|need\s+to|needs\s+to|want\s+to)\s+)*{_KEEPING}"
)
_WHENEVER = (
    r"(?P<when>(?:each|every|any)\s*time|whenever|when)\s+(?:(?:someone|somebody|anyone|anybody|an?\s+(?P<actor>[a-z]+))\s+(?P<does>[a-z]+s)\s+(?:(?:in|out|over|up|off)\s+)?|(?:i|we|they|you)\s+(?P<do>[a-z]+)\s+(?:(?:into|at|to|through|for|after|up)\s+)?)?"
    rf"(?:an?|one|the|any|some|each)\s+(?P<thing>{_NOUN}?)(?:\s+(?:is|gets|was|has\s+been)\s+(?P<done>[a-z]+)|\s+(?P<acts>[a-z]+s))?(?:\s+(?:in|out|up|off|over))?"
)
_EACH_TIME = Pattern(
    rf"(?:\b{_WHENEVER}(?:\s[^.,;:!?\n]{{0,30}})?(?:,\s*|\s+){_WHO_KEEPS}\s+(?P<list>[^.;!?\n]+))",
    re.IGNORECASE,
    cues=("time ", "when"),
)
_DONE = r"[a-z]+(?:,\s*[a-z]+(?=,| and| or))*(?:,?\s+(?:and|or)\s+[a-z]+(?=\s*(?:[.,;]|$)))?"
_ASKS = Pattern(
    rf"\b(?:asks?|requests?|offers?|proposes?)\s+to\s+(?P<verb>[a-z]+)\s+(?:an?|the|another|one)\s+(?P<thing>{_NOUN})(?=\s*(?:[.,;:]|$|and\b|from\b|with\b))",
    re.IGNORECASE,
    cues=("ask", "request", "offer", "propose"),
)
_AGAIN = Pattern(
    r"(?:,?\s+and|,|\b(?:record|note|track|log|know|keep|see|remember)s?)\s+when\s+"
    r"(?:(?:each|every\s+one|they)(?:\s+(?:of\s+them|one))?\s+(?:is|was|were|are|got|gets|has\s+been|have\s+been)\s+(?P<last>last\s+)?"
    rf"(?P<verbs>{_DONE})|(?:i|we)\s+(?P<at>last\s+)?(?P<did>{_DONE})\s+(?:them|it|each(?:\s+(?:one|of\s+them))?))\b",
    re.IGNORECASE,
    cues=("when each", "when every", "when they", "when i", "when we"),
)
_HAVING = frozenset({"have", "hold", "use", "keep", "take", "get", "carry", "own"})
_GIVEN_BACK = Pattern(r"\b(?:back|returned|returns|due)\b", re.IGNORECASE)
_LENT = Pattern(r"\b(?:lend|lends|lent|borrow|borrows|borrowed|loan|loans)\b", re.IGNORECASE)
_ENDS = {"since": "from_date: date", "from": "from_date: date", "until": "until_date: date", "till": "until_date: date"}
_ASKED = {"where": "location", "why": "reason: text", "how": "method", "when": "happened_at: datetime"}
_SEVERAL = Pattern(r"\b[a-z]+(?:\s[a-z]+)?s\b", re.IGNORECASE)


def read_records(said: Discourse, text: str, start: int) -> tuple[str, int]:
    """Notes such records; answers the text with blanks in their place, and how many there were."""
    count = 0
    for pattern, read in ((_HOLDS, _read_holding), (_ASKED_FOR, _read_holding), (_EACH_TIME, _read_each_time), (_AGAIN, _read_again)):
        for found in list(pattern.finditer(text)):
            if read(said, found, start):
                count += 1
                text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    for found in _ASKS.finditer(text):
        _read_asking(said, found, start)
    return text, count


def _read_asking(said: Discourse, found: re.Match[str], start: int) -> None:
    """`users ask to swap a book`: a request of its own, where the deed leaves no record that takes it up."""
    verb = base_of(found["verb"].lower())
    if not verb or verb in table("deeds") or verb in table("pairs") or verb in table("transitions"):
        return
    if (thing := _thing(said, found, start)) is not None:
        span = Span(start + found.start(), start + found.end())
        name = said.notes.add(Concept(name=request_to(verb), entry=catalogue().entries["Request"]), 3.0, span, declared=True, plural=True)
        said.notes.relations.append(RelationNote(source=name, word="belongs", target=thing.name, span=span, required=True))


def _read_holding(said: Discourse, found: re.Match[str], start: int) -> bool:
    """`who has which laptop, when it was handed out`: a person, a laptop, and the record of the two."""
    verb = base_of(found["verb"].lower().split()[-1])
    thing = _thing(said, found, start) if verb in _HAVING or _lasting(verb) else None
    person = _person(said, found, start) if thing is not None else None
    if thing is None or person is None:
        return False
    span = Span(start + found.start(), start + found.end())
    rest = found["rest"] or ""
    lent = "Borrowing" if verb not in table("deeds") else table("deeds")[verb][0]
    back = verb in table("deeds") or _GIVEN_BACK.search(rest) or _LENT.search(said.notes.prompt)
    entry = catalogue().entries[lent if back else "AssetAssignment"]
    name = "Loan" if entry.name == "Borrowing" else f"{thing.name}Assignment" if entry.name == "AssetAssignment" else entry.name
    source = said.notes.add(Concept(name=name, entry=entry, exact=True), 3.0, span, declared=True, plural=True)
    for target in (person, thing):
        said.notes.relations.append(RelationNote(source=source, word="belongs", target=target.name, span=span, name=snake(target.name)))
    at = start + (found.start("rest") if found["rest"] else found.end())
    said.notes.fields += [(source, note) for note in _told(rest, at, verb) if note.refers != "who"]
    return True


def _lasting(verb: str) -> bool:
    return verb in {"book", "reserve", "rent", "borrow", "lease", "hire"}


def _thing(said: Discourse, found: re.Match[str], start: int) -> Concept | None:
    """The thing that is told of, as something to keep."""
    phrase = said_phrase(found["thing"], start + found.start("thing"))
    concept = said.concept(phrase)
    known = concept is not None and concept.entry is not None and concept.exact
    if phrase is None or (lexicon().is_barren(phrase.head) and not known):
        return None
    concept = concept if concept is not None and not concept.tail else Concept(name=pascal(phrase.text))
    said.notes.kept.add(said.notes.add(concept, 3.0, Span(phrase.start, phrase.end), plural=True))
    return concept


def _person(said: Discourse, found: re.Match[str], start: int) -> Concept | None:
    """Who has it: the people that the question names, or those spoken of before; else people."""
    named = found["who"].lower().removeprefix("which").strip() if "who" in found.re.groupindex else "who"
    if named != "who":
        phrase = said_phrase(named, start + found.start("who"))
        concept = said.concept(phrase)
    else:
        told = (*spoken_before(said, found.string[: found.start()]), *spoken_before(said, said.notes.prompt))
        people = [concept for concept in told if is_people(concept)]
        kinds = (concept for concept in people if concept.entry is not None and "account" not in concept.entry.flags)
        concept = next(kinds, people[0] if people else said.notes.concept(("person",)))
    if concept is None or concept.tail or not (named == "who" or is_people(concept)):
        return None
    at = Span(start + found.start(), start + found.end("thing"))
    said.notes.kept.add(said.notes.add(concept, 3.0, at, declared=concept.name == "Person", plural=True))
    return concept


def is_people(concept: Concept) -> bool:
    """Whether these are people."""
    return concept.entry is not None and bool(concept.entry.flags & {"person", "account"})


def spoken_before(said: Discourse, text: str) -> Iterator[Concept]:
    """What a text names in the plural, the last first; words that no list knows come behind."""
    unknown: list[Concept] = []
    for found in reversed(list(_SEVERAL.finditer(text))):
        for words in (found[0], found[0].split()[-1]):
            concept = said.concept(said_phrase(words, found.start()))
            if concept is not None and concept.entry is not None and not concept.tail:
                yield concept
                break
            unknown += [concept] if concept is not None and not concept.tail and concept.entry is None else []
    yield from reversed(unknown)


def _told(listed: str, at: int, verb: str) -> Iterator[FieldNote]:
    """The members of a record: `who did it and when`, `when it came back`."""
    behind = re.match(r"^(?:,|\s)*(?:and\s+)?", listed)
    lead = behind.end() if behind else 0
    listed = re.sub(r"\b(from when) ((?:un)?til|to)\b", r"\1,\2", listed, flags=re.IGNORECASE)
    for piece, place in split_list(listed[lead:], at + lead):
        bare = re.sub(r"^(?:and|also|by|from|to)\s+(?=who|when|where|whom|why)", "", piece.strip(), flags=re.IGNORECASE)
        first = bare.split(maxsplit=1)[0].lower() if bare else ""
        if first in {"who", "whom"}:
            told = base_of(bare.split()[1].lower()) if len(bare.split()) > 1 else "do"
            yield FieldNote(
                name=f"{done_by(verb if told == 'do' else told)}_by", start=place, end=place + len(piece), type="string", refers="who"
            )
        elif (note := said_field(bare, place) or _plain(bare, place)) is not None:
            yield note
        elif (name := _name_of(bare, first, verb)) and (note := field_note(name, place)) is not None:
            yield FieldNote(name=note.name, start=place, end=place + len(piece), type=note.type)


def _plain(bare: str, place: int) -> FieldNote | None:
    note = field_note(bare, place)
    return note if note is not None and known_type(note.name) is not None else None


def _name_of(bare: str, first: str, verb: str) -> str:
    """`since when`, `when`, `where` and the plain names of members."""
    if first in _ENDS:
        return _ENDS[first]
    if bare.lower() == "when":
        return f"{moment_of(verb)}: datetime" if verb not in _HAVING else "from_date: date"
    if first in _ASKED:
        return _ASKED[first]
    phrase = said_phrase(bare, 0)
    return "_".join(phrase.words) if phrase is not None else ""


def _read_each_time(said: Discourse, found: re.Match[str], start: int) -> bool:
    """`each time a parcel is moved, the system records who did it and when`: movements of parcels."""
    verb = base_of((found["done"] or found["does"] or found["do"] or found["acts"] or "").lower())
    asked = (
        re.search(r"\b(?:who|whom|when|where)\b", found["list"], re.IGNORECASE) is not None
        or found["when"].lower() != "when"
        or found["do"] is not None
    )
    thing = _thing(said, found, start) if verb and asked else None
    if thing is None:
        return False
    span = Span(start + found.start(), start + found.end())
    name = _happen(said, thing, verb, span, _told(found["list"], start + found.start("list"), verb))
    actor = said.notes.concept((found["actor"].lower(),)) if found["actor"] else None
    if actor is not None and is_people(actor):
        said.notes.kept.add(said.notes.add(actor, 2.0, span, plural=True))
        said.notes.relations.append(RelationNote(source=name, word="belongs", target=actor.name, span=span, name=snake(actor.name)))
    return True


def _read_again(said: Discourse, found: re.Match[str], start: int) -> bool:
    """`when each was watered and fertilised`: waterings and fertilisings; `when each was last watered` is a member."""
    things = [thing for thing in spoken_before(said, found.string[: found.start()]) if not is_people(thing)]
    words = _done_words(found)
    last = bool(found["last"] or found["at"])
    told = [word for other in _AGAIN.finditer(said.notes.prompt) for word in _done_words(other)]
    again = any(happens_again(base_of(word)) for word in told) and not last
    span = Span(start + found.start(), start + found.end())
    if not things or not words:
        return False
    for word in words:
        note = FieldNote(name=f"last_{word}_at" if last else f"{word}_at", start=span.start, end=span.end, type="datetime")
        if again:
            _happen(said, things[0], base_of(word), span, iter((note,)))
        else:
            said.notes.fields.append((things[0].name, note))
    return True


def _done_words(found: re.Match[str]) -> list[str]:
    words = re.findall(r"[a-z]+", (found["verbs"] or found["did"]).lower())
    return [word for word in words if word not in {"and", "or"} and is_past(word)]


def _happen(said: Discourse, thing: Concept, verb: str, span: Span, members: Iterator[FieldNote]) -> str:
    """Notes that something is done to a thing, again and again, with what is told of it; answers the name of the record."""
    noun = noun_of(verb)
    concept = said.notes.concept((noun,)) if happens_again(verb) else None
    if concept is None or concept.tail:
        concept = Concept(name=pascal(noun if noun != verb else f"{' '.join(words_of(thing.name))} {noun}"))
    name = said.notes.add(concept, 3.0, span, declared=True, plural=True)
    said.notes.relations.append(RelationNote(source=name, word="belongs", target=thing.name, span=span, required=True))
    said.notes.fields += [(name, member) for member in members]
    return name
