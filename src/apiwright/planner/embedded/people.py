"""Roles, accounts and whether there is anybody to log in."""

import re

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.endpoints import PATH
from apiwright.planner.embedded.notes import Notes, RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_sides import read_sides
from apiwright.planner.embedded.said_visibility import read_visibility
from apiwright.planner.embedded.words import lexicon, word_list

PRIVILEGED = frozenset(
    {
        "admin",
        "administrator",
        "manager",
        "moderator",
        "superadmin",
        "editor",
        "supervisor",
        "operator",
        "superuser",
        "librarian",
        "staff",
        "receptionist",
        "dispatcher",
        "clerk",
    }
)
_ADMIN = Pattern(r"\b(?:super[- ]?)?admin(?:istrator)?s?\b", re.IGNORECASE, cues=("admin",))
_MODERATOR = Pattern(r"\bmoderators?\b", re.IGNORECASE, cues=("moderator",))
_STORY = Pattern(r"\bas\s+an?\s+(?:\*\*|`|_)?([a-z][a-z\- ]{1,30}?)(?:\*\*|`|_)?,?\s+(?:i|we)\b", re.IGNORECASE, cues=("as a",))
_ROLE_LIST = Pattern(
    r"\b(?:roles?|types?\s+of\s+users?|user\s+types?|kinds?\s+of\s+users?)\b[^.:\n(]{0,40}[:(]\s*([^.)\n]{3,120})",
    re.IGNORECASE,
    cues=("role", "type", "kind"),
)
_ROLE_PLAIN = Pattern(r"\broles?\s+(?:such\s+as|like|of|including|are|include)\s+([^.;\n)]{3,120})", re.IGNORECASE, cues=("role",))
_ROLE_ENUM = Pattern(
    r"\b(?:(?:two|three|four|five|these|following)\s+(?:user\s+)?roles\s*,\s*|roles?\s+)((?:[a-z]{3,20}\s*,\s*)+(?:(?:and|or)\s+)?[a-z]{3,20}|[a-z]{3,20}\s+(?:and|or)\s+[a-z]{3,20})",
    re.IGNORECASE,
    cues=("role",),
)
_AS_USERS = Pattern(
    r"\busers?\s*\(?\s*(?:either\s+)?(?:as|are|can\s+be)\s+(?:an?\s+)?([a-z]+(?:\s*(?:,|or|and|/)\s*(?:an?\s+)?[a-z]+)+)",
    re.IGNORECASE,
    cues=("user",),
)
_CODED_ROLE = Pattern(r"\b(?P<name>(?:[A-Z][a-z]+\s)?[A-Za-z][a-z]{3,}s?)\s+\((?P<code>[A-Z]{3,}(?:_[A-Z]+)*)\)")
_ROLE_BASED = Pattern(
    r"\brole[- ]?based\s+(?:access|permissions?|authori[sz]ation)(?:\s+control)?\s+for\s+([a-z][a-z ,]{2,80})",
    re.IGNORECASE,
    cues=("role",),
)
_ALLOWED = Pattern(
    r"\b(?:allows?|enables?|lets?)\s+(?P<who>(?:[a-z]+\s)?[a-z]{3,20}s)\s+to(?=\s*:|\s+(?:perform|do)\b)",
    re.IGNORECASE,
    cues=("allow", "enable", "let"),
)
"""Who does everything that is listed below: `the API should allow growers to:`."""
_LOGS_IN = Pattern(
    r"\b(?:the\s+|an?\s+|only\s+)?((?:[a-z]+\s)?[a-z]{4,20})\s+(?:(?:must|can|have\s+to|has\s+to|need\s+to|needs\s+to|should|do|does)\s+)?"
    r"(?:log|sign)s?\s+in\b",
    re.IGNORECASE,
    cues=("log", "sign"),
)
_NAMED_ROLE = Pattern(
    r"\b([a-z]{4,20})\s+(?:role|privileges?|permissions|rights)\b", re.IGNORECASE, cues=("role", "privilege", "permission", "rights")
)
_DASHBOARD = Pattern(
    r"\b([a-z]{4,20})\s+(?:dashboards?|panels?|portals?|back-?office|area|backend\s+panel)\b",
    re.IGNORECASE,
    cues=("dashboard", "panel", "portal", "office", "area"),
)
_NO_AUTH = Pattern(
    r"\b(?:no|without|don'?t\s+need|do\s+not\s+need|doesn'?t\s+need|not\s+require|skip|omit|exclude|no\s+need\s+for|needs?\s+no|requires?\s+no)\s+"
    r"(?:\w+\s+){0,3}?(?:auth\w*|log[- ]?ins?|sign[- ]?ups?|sign[- ]?ins?|users?|accounts?|registration|security)\b"
    r"|\b(?:authentication|authorization|auth|login|sign-?up|user\s+accounts?)\s+(?:is|are)\s*(?:not|n'?t)\s+(?:needed|required|necessary)\b"
    r"|\b(?:nobody|no\s+one|no\s+user)\s+(?:(?:has|needs)\s+to\s+)?(?:logs?|signs?)\s+in\b"
    r"|\bnone\s+of\s+(?:which|them)\s+(?:requires?|needs?)\s+(?:\w+\s+)?(?:auth\w*|log-?ins?|tokens?)\b"
    r"|\bout\s+of\s+scope\s*[:\-\u2013]?\s*(?:[a-z, ]{0,60}\b)?(?:auth\w*|log-?ins?|accounts?)\b"
    r"|\b(?:authentication|auth|login)[^.\n]{0,20}\b(?:out\s+of\s+scope|unnecessary)\b",
    re.IGNORECASE,
    cues=("no", "without", "skip", "omit", "exclude", "scope", "unnecessary", "none"),
)
_TO_LOOK = Pattern(
    r"\s*(?:is\s+)?(?:needed\s+|required\s+)?(?:just\s+|only\s+)?(?:for|to|when)\s+(?:just\s+|only\s+)?(?:read|view|brows|see|look|search|list)\w*",
    re.IGNORECASE,
)
_LOOKING = Pattern(r"\W*(?:just\s+|only\s+)?(?:reading|viewing|browsing|seeing|looking|searching|listing)\b", re.IGNORECASE)
_AUTH = Pattern(
    r"\bauth(?:entication|enticate[sd]?|enticating|oris\w+|oriz\w+|n|z)?\b|\bjwt\b|\boauth2?\b|\blog(?:s|ged|ging)?[- ]?in\b"
    r"|\b(?:members?|staff|employees|users)[- ]only\b|\bbearer[- ]tokens?\b"
    r"|\b(?:staff|employee|customer|client|vendor|organi[sz]er|member|admin|student|teacher|driver|seller|guest|creator|host|artist|author|provider)\s+accounts\b"
    r"|\blogins?\b|\blogged[- ]in\b|\blogging\s+in\b|\bsign(?:ing)?[- ]?(?:up|in)\b"
    r"|\bregisters?\s+(?:and|or|an\s+account|for\s+an)|\buser\s+(?:accounts?|registration|management|profiles?|roles?)\b"
    r"|\baccounts?\s+(?:creation|registration)\b"
    r"|\b(?:create|manage)\s+(?:an\s+|their\s+)?(?:own\s+)?(?:user\s+)?(?:accounts?|profiles?)\b"
    r"|\b(?:edit|update|change|view)\s+(?:\w+\s+)?[\"“']?profiles?\b"
    r"|\b(?:the\s+current|current)\s+user\b|\bpasswords?\b|\brole[- ]based\b|\brbac\b|\bpermissions?\b",
    re.IGNORECASE,
)
_OWNING = Pattern(
    r"\b(?:their|his|her|my)\s+own\b|\b(?:belongs?\s+to|owned\s+by|created\s+by|per|by)\s+(?:a\s+|an\s+|the\s+|each\s+)?users?\b|\buser'?s\s+own\b|\bonly\s+the\s+owner\b"
    r"|\bas\s+an?\s+(?:registered\s+)?user,?\s+i\s+(?:can|want\s+to|would\s+like\s+to)\s+[a-z]+\s+(?:all\s+)?(?:of\s+)?my\b"
    r"|\bassigned\s+to\s+me\b|\bassignees?\b"
    r"|\b(?:private\s+to|whoever)\s+(?:whoever|the|their|its|made|created|wrote|added)\b",
    re.IGNORECASE,
    cues=("own", "user", "whoever", "private", "assigned", "assignee"),
)
_ASKED = Pattern(
    r"/(?:log-?in|sign-?in|auth)\b|\b(?:requires?|needs?)\s+(?:\w+\s+){0,2}(?:auth\w*|logins?|tokens?)\b|\bmust\s+be\s+(?:logged|authenticated)",
    re.IGNORECASE,
)
_SHOWN = frozenset({"page", "panel", "dashboard", "area", "section", "interface", "view", "screen", "portal", "site"})
_NOT_ROLES = word_list("no_role")
_EVERYBODY = word_list("nobody") | {"else", "member", "resident", "logged-in"}
_HUMAN = Pattern(r"(?:[bcdfgklmnprstvz](?:er|or)|ist|ian|ant|tant)$")
_PIECES = Pattern(r"\s*(?:,|/|\||;|\band\b|\bor\b|&|\be\.g\.)\s*", re.IGNORECASE)


def sounds_human(name: str) -> bool:
    """Whether a name that no list knows ends like that of people: `taxidermist`, but not `actuator`."""
    return _HUMAN.search(name) is not None and name.lower() not in word_list("instrument")


def is_kind_of_people(word: str) -> bool:
    """Whether a word in the singular names people: by the catalogue, by the lists, or by its sound."""
    entry = catalogue().named(word)
    if entry is not None:
        return bool(entry.flags & {"person", "account"})
    works = word.endswith("man") and word not in {"man", "woman", "human", "talisman", "ottoman"}  # a boatman, a foreman
    return word in word_list("kinds") | word_list("staff") | word_list("coming") or works or sounds_human(word)


def read_people(notes: Notes) -> None:
    """Notes roles, cues for accounts, and the plain refusal of them."""
    _cues(notes, notes.prompt)
    prompt = notes.prompt
    for pattern in (_ROLE_LIST, _ROLE_PLAIN, _ROLE_ENUM, _AS_USERS, _ROLE_BASED):
        for found in pattern.finditer(prompt):
            _listed(notes, found[1], found.start(1))
    for found in _NAMED_ROLE.finditer(prompt):
        word = singular(found[1].lower())
        if word in PRIVILEGED or notes.has(word.capitalize()):
            _role(notes, word, found.start(1), found.end(1))
    for found in _DASHBOARD.finditer(prompt):
        entry = catalogue().named(singular(found[1].lower()))
        if (entry is not None and "person" in entry.flags) or singular(found[1].lower()) in word_list("kinds") - word_list("coming"):
            _role(notes, singular(found[1].lower()), found.start(1), found.end(1))
    for found in _CODED_ROLE.finditer(prompt):
        # `Registrars (REGISTRAR)`: people with the name of their role as the software has it.
        if found["name"].lower().split()[-1].startswith(found["code"][:4].lower()) and _is_people(
            notes, singular(found["name"].lower().split()[-1])
        ):
            _role(notes, singular(found["name"].lower()), found.start("name"), found.end("name"))
    _telling(notes, prompt)
    notes.listed |= set(notes.roles)
    if found := _ADMIN.search(prompt):
        _role(notes, "admin", found.start(), found.end())
    if found := _MODERATOR.search(prompt):
        _role(notes, "moderator", found.start(), found.end())
    read_visibility(notes)
    read_sides(notes)
    _acting(notes)


def _telling(notes: Notes, prompt: str) -> None:
    """Those of whom it is told what they do: who is allowed all that is listed below, and whose stories are told."""
    for found in _ALLOWED.finditer(prompt):
        word = singular(found["who"].lower().split()[-1])
        if is_kind_of_people(word) and word not in word_list("crowd") | word_list("anyone"):
            _role(notes, found["who"], found.start("who"), found.end("who"))
    for found in _STORY.finditer(prompt):
        _role(notes, found[1], found.start(1), found.end(1))


def _is_people(notes: Notes, word: str) -> bool:
    entry = catalogue().named(word, notes.preferred)
    known = word in PRIVILEGED | word_list("kinds") | word_list("staff") or (entry is not None and "person" in entry.flags)
    return known or (entry is None and (sounds_human(word) or word.endswith("ar")))


def _cues(notes: Notes, prompt: str) -> None:
    found = _NO_AUTH.search(prompt)
    if found and _is_about_looking(prompt, found):
        span = Span(found.start(), found.end())
        notes.rights.append(RightNote(actors=("everyone",), verbs=("view",), targets=(), span=span, modal=True))
    elif found and not _is_local(prompt, found):
        notes.no_auth = Span(found.start(), found.end())
        for login in _LOGS_IN.finditer(prompt):
            words = login[1].lower().split()
            if found.end() <= login.start() or login.end() <= found.start():
                staff = words[-1] in word_list("staff") | PRIVILEGED | {"owner", "admin"} or singular(words[-1]) in word_list("staff")
                if staff:
                    notes.no_auth, notes.auth_cue = None, Span(login.start(1), login.end())
                    _role(notes, words[-1], login.start(1), login.end(1))
    for pattern in (_AUTH, _OWNING):
        if notes.auth_cue is None and (found := pattern.search(prompt)):
            notes.auth_cue = Span(found.start(), found.end())


def _is_about_looking(prompt: str, found: re.Match[str]) -> bool:
    """Whether only who looks does without an account (`no login is needed to read`, `browsing needs no login`)."""
    sentence = max(prompt.rfind(sign, 0, found.start()) for sign in ".!?;,\n") + 1
    return bool(_TO_LOOK.match(prompt[found.end() : found.end() + 60]) or _LOOKING.match(prompt[sentence : found.start()]))


def _is_local(prompt: str, found: re.Match[str]) -> bool:
    """Whether only one endpoint does without accounts (`it needs no authentication`), where others ask for them."""
    begin = prompt.rfind("\n", 0, found.start()) + 1
    end = prompt.find("\n", found.end())
    line = prompt[begin : end if end >= 0 else len(prompt)]
    return bool(PATH.search(line)) and bool(_ASKED.search(prompt[:begin]) or _ASKED.search(prompt[begin + len(line) :]))


def _acting(notes: Notes) -> None:
    """People who act have a role of their name: `A conductor can create rehearsals`."""
    for name, span in list(notes.actors.items()):
        concept = notes.candidates.get(name)
        low = " ".join(words_of(name))
        person = concept is not None and concept.concept.entry is not None and "person" in concept.concept.entry.flags
        if concept is not None and concept.concept.entry is None and sounds_human(low) and not concept.plural:
            person = True
        if (low in PRIVILEGED or person or words_of(name)[-1] in PRIVILEGED) and words_of(name)[-1] not in word_list("crowd"):
            _role(notes, _spoken(notes, span) or low, span.start, span.end)
    for right in notes.rights:
        for actor in right.actors:
            if _has_role(notes, right, actor):
                _role(notes, actor, right.span.start, right.span.end, does=right.modal or len(right.targets) > 0)


def _has_role(notes: Notes, right: RightNote, actor: str) -> bool:
    """Whether people who are said to do something have a role: not whoever registers, nor the owner of the very thing."""
    words = actor.split()
    if len(words) > 1 and words[-1] == "owner":
        return bool(right.targets) and not any(words_of(target)[-1] == words[-2] for target in right.targets)
    several = re.search(
        rf"\b{re.escape(plural(words[-1]))}\b",
        notes.prompt[right.span.start - 20 if right.span.start > 20 else 0 : right.span.end],
        re.IGNORECASE,
    )
    if words[-1] == "author" and several and "create" in {name for verb in right.verbs for name in lexicon().verb_classes.get(verb, ())}:
        return True
    spoken = notes.candidates.get(pascal(actor))
    unknown = (
        spoken is not None
        and spoken.concept.entry is None
        and spoken.plural
        and words[-1] not in PRIVILEGED | word_list("kinds") | word_list("staff")
    )
    if unknown and not right.only:
        return False
    return words[-1] not in _EVERYBODY | word_list("crowd") | word_list("anyone")


def _spoken(notes: Notes, span: Span) -> str:
    """The words as the prompt has them, where they are a plain noun phrase of up to two words."""
    words = re.findall(r"[a-z]+", notes.prompt[span.start : span.end].lower())
    words = [*words[:-1], *map(singular, words[-1:])]
    return " ".join(words) if 1 <= len(words) <= 2 else ""


def _listed(notes: Notes, text: str, start: int) -> None:
    for piece in _PIECES.split(text.strip()):
        words = re.sub(r"^(?:an?|the|e\.g\.?|such as|like|either)\s+|[*`_\"']", "", piece.strip().lower()).strip()
        if 0 < len(words.split()) <= 2 and re.fullmatch(r"[a-z][a-z \-]*", words):
            at = notes.prompt.find(piece, start)
            _role(notes, words, max(at, start), max(at, start) + len(piece))


def _role(notes: Notes, text: str, start: int, end: int, *, does: bool = False) -> None:
    words = text.lower().replace("-", " ").split()
    while len(words) > 1 and words[-1] in _SHOWN:
        words.pop()
    if words == ["developer"] and does:
        notes.roles.setdefault("developer", Span(start, end))
        return
    if not words or len(words) > 3 or words[-1] in _NOT_ROLES or words[0] in {"logged", "registered", "authenticated", "new"}:
        return
    name = " ".join([*words[:-1], singular(words[-1])]).replace("administrator", "admin")
    if name.split()[-1] in _NOT_ROLES or not name.isascii() or lexicon().closed.get(name.split()[-1]) in {"preposition", "conjunction"}:
        return
    notes.roles.setdefault(name, Span(start, end))
