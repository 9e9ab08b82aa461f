"""Statements -> rights: who may, or may not, do what. `Only doctors can write prescriptions` is one; who acts is read from the words
right before the verbs, since pronouns, `only` and `no one else` are no phrases.
"""

import re

from msgspec.structs import replace

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.ambiguity import known_nouns
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.deeds import is_planned
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.notes import RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import PRIVILEGED, sounds_human
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.verb_forms import REQUESTING, request_to
from apiwright.planner.embedded.words import lexicon, table, word_list

_MODAL = Pattern(
    r"\s+(?:(?:can|could|may|might|must|should|shall|will)(?:\s+(?:also|then|be\s+able\s+to|be\s+allowed\s+to))*"
    r"|(?:is|are)\s+(?:only\s+)?(?:able|allowed|permitted|authori[sz]ed)\s+to|has\s+to|have\s+to"
    r"|(?:wants?|needs?|would\s+like)\s+to(?:\s+be\s+able\s+to)?"
    r"|(?:can\s*not|can['\u2019]t|may\s+not|must\s+not|mustn['\u2019]t|should\s+not|(?:is|are)\s+not\s+allowed\s+to"
    r"|do\s+not|don['\u2019]t|never)|to|have\s+the\s+right\s+to)$",
    re.IGNORECASE,
)
_ADVERB = Pattern(r"\s+(?:only|also|then|easily|either|both|be\s+able\s+to|\*+)$", re.IGNORECASE)
_ONLY = Pattern(r"\bonly\s*$", re.IGNORECASE)
_NOT = Pattern(r"not\b|n['\u2019]t\b|never", re.IGNORECASE)
_NOBODY_ELSE = Pattern(r"\b(?:no\s*(?:one|body)|not\s+anyone|none)\s+else$", re.IGNORECASE)
_NOBODY = Pattern(r"\b(?:no\s+one|nobody|no\s+user)$", re.IGNORECASE)
_STORY = Pattern(r"\bas\s+an?\s+(?:\*\*|`|_)?([a-z][a-z\- ]{1,30}?)(?:\*\*|`|_)?,?\s+(?:i|we)\b", re.IGNORECASE, cues=("as a",))
_JOINT = Pattern(r"\s*(?:,\s*(?:and|or)?|\band|\bor|/|&)$", re.IGNORECASE)
_THEM = Pattern(r"^\s*(?:(?:in|on|to|for|of)\s+)?(?:them|it|those|these|one)\b", re.IGNORECASE)
_ONLY_THEM = Pattern(r"^\s*(?:them|it|those|these|one)\s*(?=[,.;:]|$|\b(?:and|or|then|by|before|after|when|once|if)\b)", re.IGNORECASE)
_EACH_OTHER = Pattern(r"^\s*(?:each\s+other|one\s+another|(?:other|fellow)\s+(?:users?|people|members?))\b", re.IGNORECASE)
_VALUE = Pattern(
    r"^\W{0,2}(?:\w+\W+){0,5}?as\s+[\"'\u201c`]?([a-z][a-z_]*(?:[ -](?:in|out|progress|paid|up))?)", re.IGNORECASE, cues=("as ",)
)
_MORE_VALUES = Pattern(
    r"^(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:as\s+)?(?!and |or )[a-z]+(?:ed|en|one|aid|ent|old|ost)\b)+", re.IGNORECASE
)
_PARTICLE = Pattern(r"^\s+(in|out)\b(?!\s+the\s+app)", re.IGNORECASE)
_DEED = Pattern(
    r"(?:^|[,;]\s*)(?:and\s+)?(?P<who>[a-z]{3,20}s)\s+(?:(?:can|may|must|should)\s+)?(?P<verb>[a-z]+)(?:(?P<more>\s+[a-z])|(?=\s*(?:[,;.]|$)))",
    re.IGNORECASE,
)
_NEAR = 200
_REGISTERED = {"logged-in", "registered", "authenticated", "signed-in", "verified"}
_DECIDING = frozenset({"accept", "decline", "approve", "reject", "deny", "refuse", "confirm"})
_ASKING = frozenset({"apply", "bid", "book", "reserve", "rent", "borrow", "invite", "claim"})
_LINKING = frozenset({"to", "in", "on", "for", "of", "from", "with", "at", "into", "out", "up", "through"})


def _values(first: re.Match[str] | None, rest: str) -> list[str]:
    """The states that something is marked as: `as in progress`, `as baked or collected`."""
    if first is None:
        return []
    more = _MORE_VALUES.match(rest[first.end() :])
    words = [word for word in re.findall(r"[a-z]+", more[0].lower()) if word not in {"and", "or", "as"}] if more else []
    return [re.sub(r"[ -]", "_", first[1].lower()), *words]


class RightReader:
    """Reads rights from the statements of one sentence after another."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._notes = said.notes
        self._story: tuple[str, ...] = ()
        self._targets: tuple[str, ...] = ()
        self._asked: tuple[str, ...] = ()

    def read(self, statements: list[Statement], tokens: list[Token]) -> None:
        """Notes the rights of a sentence."""
        if not tokens:
            return
        start = tokens[0].start
        story = _STORY.search(self._notes.prompt, start, tokens[-1].end)
        if story is not None:
            self._story = (_one(story[1]),)
        actors: tuple[str, ...] = ()
        subject: Phrase | None = None
        only = negated = modal = False
        for at, statement in enumerate(statements):
            told = self._subject(self._notes.prompt[max(start, statement.start - _NEAR) : statement.start], story=story is not None)
            if told is not None:
                actors, only, negated, modal = told
            elif statement.passive and statement.subject is not None:
                only = (
                    re.search(
                        r"\bonly\b",
                        self._notes.prompt[max(start, statement.subject.start - _NEAR) : statement.subject.start],
                        re.IGNORECASE,
                    )
                    is not None
                )
                actors, negated, modal = self._persons(statement.subject, start), False, True
            elif statement.subject is not None and statement.subject is not subject:
                actors, only, negated = (), False, False
            subject = statement.subject
            if actors:
                end = statements[at + 1].start if at + 1 < len(statements) else tokens[-1].end
                no = (
                    negated
                    or statement.negated
                    or re.search(r"\bnot\s+$", self._notes.prompt[max(start, statement.start - 8) : statement.start]) is not None
                )
                later = [
                    phrase
                    for other in statements[at + 1 : at + 2]
                    if other.subject is statement.subject
                    for phrase in [*other.objects, *(item for _, item in other.links)]
                ]
                self._right(statement, actors, end, later, only=only, negated=no, modal=modal)

    def _right(  # noqa: PLR0913 - three flags by keyword
        self, statement: Statement, actors: tuple[str, ...], end: int, following: list[Phrase], *, only: bool, negated: bool, modal: bool
    ) -> None:
        verbs = tuple(verb for verb in statement.verbs if verb not in {"be", "have", "allow", "want", "need", "let"})
        if not verbs:
            return
        prompt = self._notes.prompt
        after = prompt[statement.start : min(max(end, statement.end), statement.start + 2 * _NEAR)]
        rest = re.sub(r"^\W*(?:\w+\W+(?:and|or)\W+)*\w+", "", after, count=1)
        targets = self._named(statement.objects)
        own = any(phrase.theirs for phrase in statement.objects)
        towards = [phrase for word, phrase in statement.links if word in _LINKING]
        if not targets or ("add" in verbs and any(word == "to" for word, _ in statement.links)):
            own = own or any(phrase.theirs for phrase in towards)
            targets = self._named(towards[:2]) or targets
        if _EACH_OTHER.match(rest):
            targets = ("User",)
        decides = not targets and _DECIDING.issuperset(verbs)
        if (self._targets or self._asked) and (decides or _ONLY_THEM.match(rest)):
            targets = (self._asked if decides or _DECIDING.issuperset(verbs) else ()) or self._targets[:2]
        elif targets:
            self._targets = targets
        elif _THEM.match(rest) or not _is_sweeping(verbs):
            unnamed = decides and bool(statement.objects)  # `declines the request`
            targets = (self._targets if unnamed or _THEM.match(rest) else self._named(following)) or self._targets
            targets = targets[:2]
        if not decides:
            self._asked = _records_of(verbs, targets) if not self._notes.technical else ()
        if particle := _PARTICLE.match(rest):
            verbs = (*verbs[:-1], f"{verbs[-1]}_{particle[1].lower()}") if verbs[-1] in {"check", "clock", "sign", "log"} else verbs
        value = _VALUE.match(rest) if verbs[-1] in {"mark", "flag", "set"} else None
        begin = self._words_from(statement.start)
        note = RightNote(
            actors=actors, verbs=verbs, targets=targets, span=Span(begin, max(statement.end, statement.start)),
            only=only, own=own, negated=negated, modal=modal,
        )  # fmt: skip
        self._notes.rights += [replace(note, value=said) for said in _values(value, rest)] or [note]

    def _words_from(self, start: int) -> int:
        """Where the clause begins, for the words that an origin quotes."""
        before = self._notes.prompt[max(start - 60, 0) : start]
        cut = max((found.end() for found in re.finditer(r"[.;:,\n]\s*|\b(?:but|while|so that)\s+", before)), default=0)
        return max(start - 60, 0) + cut if cut or start <= 60 else start

    def _named(self, phrases: list[Phrase]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(concept.name for phrase in phrases if (concept := self._said.concept(phrase)) is not None))

    def _subject(self, before: str, *, story: bool) -> tuple[tuple[str, ...], bool, bool, bool] | None:
        """Who acts, whether only they, whether they may not, and whether it is about what may be done; None when no people stand there."""
        text, modal, negated, only = before.rstrip(), False, False, False
        while True:
            if found := _ADVERB.search(text):
                only = only or found[0].strip().lower() == "only"
            elif found := _MODAL.search(text):
                modal, negated = True, negated or bool(_NOT.search(found[0]))
            else:
                break
            text = text[: found.start()].rstrip(" *")
        if story and re.search(r"\b(?:i|we)$", text, re.IGNORECASE):
            return self._story, only, negated, True
        if _NOBODY_ELSE.search(text):
            return ("nobody else",), only, True, True
        if _NOBODY.search(text):
            return ("nobody",), only, True, True
        found_actors: list[str] = []
        while (actor := self._actor(text, guess=not found_actors)) is not None:
            name, at = actor
            found_actors.insert(0, name)
            text = text[:at].rstrip()
            joint = _JOINT.search(text)
            if joint is None or (len(found_actors) == 1 and joint[0].strip() == ","):
                break  # `a number of children, sitters apply`
            text = text[: joint.start()].rstrip()
        if not found_actors:
            return None
        only = _ONLY.search(re.sub(r"\b(?:the|an?)\s*$", "", text)) is not None
        return tuple(found_actors), only, negated, modal

    def _actor(self, text: str, *, guess: bool) -> tuple[str, int] | None:
        """The kind of people that the text ends with, and where it begins: the longest that is known."""
        words = [(found[0], found.start()) for found in re.finditer(r"[A-Za-z][A-Za-z\-]*", text[-60:])][-3:]
        base = max(len(text) - 60, 0)
        if not words or base + words[-1][1] + len(words[-1][0]) != len(text.removesuffix("'s")):
            return None
        low = singular(words[-1][0].lower())
        if low in {"i", "we"}:
            return "user", base + words[-1][1]
        if not self._is_person(low, guess=guess):
            return None
        if len(words) > 1 and text[base + words[-2][1] + len(words[-2][0]) : base + words[-1][1]].isspace():
            two = f"{words[-2][0].lower()} {low}"
            if low == "owner" and self._notes.concept((words[-2][0].lower(),)) is not None:
                return two, base + words[-2][1]
            if words[-2][0].lower() in _REGISTERED or two in self._notes.roles or _known_person(two) or words[-2][0].lower() == "other":
                name = "user" if words[-2][0].lower() in {*_REGISTERED, "other"} and low in word_list("crowd") else two
                return name.removeprefix("other "), base + words[-2][1]
        at = base + words[-1][1]
        return low.replace("administrator", "admin"), at

    def _is_person(self, word: str, *, guess: bool) -> bool:
        if (
            word in PRIVILEGED
            or word in word_list("kinds")
            or word in word_list("staff")
            or word in word_list("crowd")
            or word in word_list("anyone")
            or word in self._notes.roles
        ):
            return True
        entry = catalogue().named(word, self._notes.preferred)
        if entry is not None:
            return bool(entry.flags & {"person", "account"})
        return guess and sounds_human(word) and not lexicon().is_barren(word)

    def _persons(self, phrase: Phrase, start: int) -> tuple[str, ...]:
        text = self._notes.prompt[max(start, phrase.end - _NEAR) : phrase.end]
        told = self._subject(text, story=False)
        return told[0] if told is not None else ()


def _records_of(verbs: tuple[str, ...], targets: tuple[str, ...]) -> tuple[str, ...]:
    """What is accepted or declined after a deed: the application of who applies for a job, the booking of who books a room."""
    if any(is_planned(target) for target in targets):
        return ()
    if len(verbs) > 1 and verbs[-2] in REQUESTING and verbs[-1] not in table("deeds"):
        return (request_to(verbs[-1]),)
    return next((table("deeds")[verb] for verb in reversed(verbs) if verb in _ASKING), ())


def _known_person(words: str) -> bool:
    entry = catalogue().named(words)
    return entry is not None and "person" in entry.flags


def _is_sweeping(verbs: tuple[str, ...]) -> bool:
    return any(
        verb in {"create", "edit", "update", "delete", "remove", "modify", "write", "view", "read", "manage", "do"} for verb in verbs
    )


def _one(text: str) -> str:
    words = words_of(text.strip())
    return " ".join([*words[:-1], singular(words[-1])]).replace("administrator", "admin") if words else ""


def tells_deeds(text: str) -> bool:
    """Whether a list tells who does what (`artists upload songs, listeners create playlists`), so that it lists no fields."""
    return deed_at(text) is not None


def deed_at(text: str) -> int | None:
    """Where a list begins to tell who does what: `lessons, students enroll, instructors teach`."""
    for found in _DEED.finditer(text):
        word, verb = singular(found["who"].lower()), found["verb"].lower()
        entry = catalogue().named(word)
        people = (
            word in word_list("kinds")
            or word in word_list("crowd")
            or (entry is not None and bool(entry.flags & {"person", "account"}))
            or (entry is None and found["more"] is not None and sounds_human(word))
        )
        does = lexicon().verbs.get(verb, ("", ""))[1] == "base" and (found["more"] is not None or verb not in known_nouns())
        if people and does:
            return found.start()
    return None
