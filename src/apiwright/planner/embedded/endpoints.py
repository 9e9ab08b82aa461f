"""Paths: `GET /books/{id}/reviews` names Book and Review, and that a review belongs to a book."""

import re

from msgspec.structs import replace

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import attribute_names
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.notes import ActionNote, Notes, RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon, table, word_list

PATH = Pattern(
    r"(?P<method>\b(?:GET|POST|PUT|PATCH|DELETE)\b(?:\s+(?:request|call|endpoint)s?\s+(?:at|to|on|for)\b)?[\s`:*|\"']*)?(?<![\w./<])(?P<path>/[A-Za-z][\w\-]*(?:/[\w\-{}:<>]*)*|[a-z][\w\-]*/\{\w+\}(?:/[\w\-{}:<>]*)*)(?P<query>\?[\w=&{}%.\-]*)?"
)
_IGNORED = word_list("no_resource")
_NEVER = _IGNORED - {"list", "data", "status", "upload", "import", "export", "search", "count", "app", "batch", "admin"}
_ACCOUNT = frozenset({"login", "register", "signup", "sign-up", "signin", "sign-in", "logout"})


def read_paths(notes: Notes, text: str, start: int) -> list[str]:
    """Notes the resources of the paths in a text; answers their names, in order."""
    found: list[str] = []
    for match in PATH.finditer(text):
        segments = [segment for segment in match["path"].split("/") if segment]
        account = segments[-1].lower() in _ACCOUNT
        named = match["method"] is not None or "{" in match["path"] or segments[0] in {"api", "v1"} or is_plural(segments[0].lower())
        if not named:
            notes.paths += [(start + match.start("path"), "User")] if account else []
            continue
        if account or "auth" in segments:
            notes.auth_cue = notes.auth_cue or Span(start + match.start(), start + match.end())
        method = (match["method"] or "").partition(" ")[0].strip("` :*\"'")
        names = _resources(notes, segments, Span(start + match.start("path"), start + match.end("path")), method)
        if names or account:
            notes.paths.append((start + match.start("path"), names[-1] if names else "User"))
        found += names
    return found


def _resources(notes: Notes, segments: list[str], span: Span, method: str) -> list[str]:
    names: list[str] = []
    after_parameter = False
    for at, segment in enumerate(segments):
        low = segment.lower()
        if low[0] in "{:<":
            if names:
                _behind(notes, names, segment, span, again=after_parameter)
            after_parameter = True
            continue
        if (names and (low in _IGNORED or _is_action(low))) or low in _NEVER:
            if low in _ACCOUNT:
                notes.accounts.setdefault(names[-1] if names else "User", span)
            elif after_parameter and method in {"POST", "PUT", "PATCH"}:
                notes.actions.append(ActionNote(actor="", verb=low.replace("-", "_"), target=names[-1], span=span, path=True))
            continue
        concept = _deed(low) or _concept(notes, low)
        if concept is None and names and after_parameter and method not in {"", "GET"} and is_plural(low) and low.isalpha():
            concept = Concept(name=pascal(singular(low)))
        if concept is None and not names and method and low not in _NEVER and not (_does(low) or _only_told(method, low)):
            concept = Concept(name=pascal(singular(low)), entry=catalogue().named(singular(low).replace("-", " ")))
        if concept is not None and concept.entry is None and not names and _only_told(method, low) and segment == segments[-1]:
            continue
        if concept is None or re.fullmatch(r"[A-Z][A-Za-z0-9]{0,47}", concept.name) is None:
            continue
        notes.add(concept, 3.0 if is_plural(low) or method else 1.0, span, plural=True)
        if names and after_parameter and names[-1] != concept.name:
            puts = _puts(notes, segments[at:], concept, method)
            notes.relations.append(
                RelationNote(source=names[-1], word="many_to_many", target=concept.name, span=span)
                if puts
                else RelationNote(source=concept.name, word="belongs", target=names[-1], span=span, required=True)
            )
        names.append(concept.name)
        after_parameter = False
    return names


def _behind(notes: Notes, names: list[str], segment: str, span: Span, *, again: bool) -> None:
    """What a parameter tells: `/lists/{id}/{itemId}` that a list has items, `/karts/{number}` that a kart has a number."""
    owned = _parameter(notes, segment) if again else None
    if owned is not None and owned.name not in names:
        notes.add(owned, 3.0, span, plural=True)
        notes.relations.append(RelationNote(source=owned.name, word="belongs", target=names[-1], span=span, required=True))
        names.append(owned.name)
    elif owned is None and not again and (note := _looked_up(segment, span.start)) is not None:
        notes.fields.append((names[-1], note))


def _deed(segment: str) -> Concept | None:
    """`POST /vote` leaves a vote."""
    record = table("deeds").get(segment, ("",))[0] if segment not in _IGNORED | _ACCOUNT else ""
    return Concept(name=record, entry=catalogue().entries[record], exact=True) if record else None


def _only_told(method: str, segment: str) -> bool:
    """Whether a path only answers with what is worked out: `GET /ranking`."""
    return method == "GET" and not is_plural(segment)


def _puts(notes: Notes, rest: list[str], concept: Concept, method: str) -> bool:
    """Whether a path puts a thing that stands by itself into another, or takes it out: `DELETE /playlists/{id}/songs/{song_id}`.

    What has a root path of its own, and is no part of anything, may be in several.
    """
    if len(rest) != 2 or rest[1][0] not in "{:<" or method not in {"POST", "PUT", "DELETE"}:
        return False
    part = concept.entry is not None and ("part" in concept.entry.flags or "!!" in concept.entry.relations)
    root = rf"(?<![\w}}>\-])(?:/api)?(?:/v\d)?/{re.escape(rest[0])}(?![\w\-])"
    return not part and re.search(root, notes.prompt, re.IGNORECASE) is not None


def _does(segment: str) -> bool:
    """Whether a path names what is done: `/calculate`, but not `/counts`."""
    return segment in lexicon().verbs and not is_plural(segment)


def _looked_up(segment: str, at: int) -> FieldNote | None:
    """`/karts/{number}` looks a kart up by its number, which is its own."""
    name = segment.strip("{}:<>").split(":")[-1]
    note = field_note(f"{name}: unique", at) if name.isalpha() and name.islower() and name not in {"id", "uuid"} else None
    return replace(note, passing=True) if note is not None and name in attribute_names() else None


def _parameter(notes: Notes, segment: str) -> Concept | None:
    """`{itemId}` names Item."""
    words = words_of(segment.strip("{}:<>").split(":")[-1])
    if len(words) < 2 or words[-1] not in {"id", "uuid", "slug"}:
        return None
    return notes.concept(tuple(words[:-1]))


def _is_action(segment: str) -> bool:
    words = segment.split("-")
    return words[0] in lexicon().verbs and not is_plural(words[-1])


def _concept(notes: Notes, segment: str) -> Concept | None:
    if segment in _IGNORED and segment != "list":
        return None
    words = re.split(r"[-_]", segment)
    if words[0] in lexicon().verbs and len(words) > 1 and not is_plural(words[0]):
        words = words[1:]
    words[-1] = singular(words[-1])
    return notes.concept(tuple(word for word in words if word))
