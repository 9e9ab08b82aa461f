"""The words that a spoken list of members stands behind: `a card has`, `for each visit we record`, `creates a trip with`."""

import re

from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.deeds import is_record
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon

_NOUNS = r"(?:[A-Za-z][\w\-]*\s+){0,2}?[A-Za-z][\w\-]*"
ARTICLE = r"(?:(?:each|every|an?|the|all|our|any|one|my)\s+)?"
_SAVES = (
    r"(?:needs?\s+to|should|must|will|has\s+to|have\s+to)\s+(?:save|store|keep)(?:\s+(?:this|the\s+following|these)\s+(?:information|data|fields?|details))?\s*:"
    r"|(?:has|have|contains?|needs?)\s*:"
    r"|(?:has|have|contains?|needs?)\s+(?:these|the\s+following|this)\s+(?:columns?|fields?|attributes?|properties|information|data|details)\s*:"
)
_HAVING = (
    _SAVES
    + r"|has|have|carry|carries|contains?|stores|records|remembers|consists?\s+of|includes|comprises|comes?\s+(?:in\s+)?with|keeps|holds"
    r"|(?:shows?|displays?)(?=\s+(?:its|their)\s)"
)
_CLAUSE = Pattern(
    rf"(?:^\s*|(?<=[,;:.(])\s*|(?:\b(?:and|where|but|while|then|that|who|which|in\s+which)|&)\s+)(?!(?:whether|if)\s)(?P<article>{ARTICLE})(?P<noun>(?:{_NOUNS})?)\s*(?:\([^()\n]{{1,40}}\)\s*)?"
    r"\b(?P<modal>(?:(?:can|may|should|must|will|shall|also|always|usually)\s+)*)"
    rf"(?P<verb>{_HAVING})\s+(?!to\b|been\b|access\b|no\b)",
    re.IGNORECASE,
    cues=(
        "ha",
        "carr",
        "contain",
        "store",
        "record",
        "remember",
        "consist",
        "include",
        "comprise",
        "come",
        "keep",
        "hold",
        "save",
        "need",
        "following",
        "show",
        "display",
    ),
)
_KEEPING = r"(?:store|keep|save|record|track|log|remember|need|collect|capture|note|know|want)s?"
_FOR_EACH = Pattern(
    rf"\b(?:(?:for|about|of|on|from|with|at)\s+(?:(?:each|every|all|any)(?:\s+of\s+(?:the|our|my))?|an?(?=\s{_NOUNS},?\s+(?:we|i)\s))|per)\s+"
    rf"(?P<noun>{_NOUNS}),?\s+(?:we|i|you|it|the\s+\w+)?\s*"
    rf"(?:(?:can|should|must|will|shall|also|(?:have|need|want|like|wish)\s+to|would|to)\s+)*{_KEEPING}(?:\s+|:\s*)(?:to\s+(?:know|store|keep)\s+)?(?!track\b)",
    re.IGNORECASE,
    cues=("each", "every", " all ", " any ", " we ", " i ", "per "),
)
_KEPT_FOR = Pattern(
    rf"\b{_KEEPING}\s+(?:also\s+)?for\s+(?:each|every|all|any)\s+(?P<noun>{_NOUNS}?)\s*(?::\s*|\s(?=the\b|an?\b|its\b))",
    re.IGNORECASE,
    cues=("for ",),
)
_RECORDED = Pattern(
    rf"(?:\b(?:each|every|an?|the)\s+|^\s*|[,;]\s+)(?P<noun>{_NOUNS}?)"
    r"(?:\s+(?P<tie>(?:of|for|on|in)\s+(?:an?|the|each|every|one)\s+[a-z]+))?\s+(?:is|are|gets?|has\s+to\s+be|must\s+be)\s+"
    r"(?:recorded|stored|logged|saved|kept|noted|registered|created|tracked|described|documented|entered)"
    r"(?:\s+with\s+|:\s*|\s+by\s+its\s+)",
    re.IGNORECASE,
    cues=(
        "recorded",
        "stored",
        "logged",
        "saved",
        "kept",
        "noted",
        "registered",
        "created",
        "tracked",
        "described",
        "documented",
        "entered",
    ),
)
_DEEDS = (
    r"(?:creates?|adds?|posts?|lists?|publish|publishes|registers?|submits?|writes?|uploads?|stores?|saves?|opens?|files?|reports?|defines?|enters?"
    r"|plans?|keeps?|announces?|offers?|manages?|tracks?|records?|uploads?|sends?|requests?|orders?|sells?|schedules?|organi[sz]es?|starts?|hosts?|books?|reserves?|rents?|borrows?|leases?|logs?|takes?|makes?|buys?|purchases?|gets?|donates?|suggests?|proposes?|leaves?|issues?|prints?|raises?|describes?"
    r"|(?:hands?|brings?|turns?|sends?)\s+in|brings?|drops?\s+off|puts?\s+(?:up|in))"
)
_WITH = Pattern(
    rf"(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)\b(?P<deed>{_DEEDS})\s+"
    r"(?P<article>(?:(?:an?|the|their|new|own|many|my|our|all|his|her|some|several|each|every)\s+)*)(?P<noun>[a-z][\w\-]*(?:\s+[a-z][\w\-]*)?)"
    r"(?:\s+(?P<tie>(?:of|for|on|about|from|at)\s+(?:(?:an?|the|their|one)\s+[a-z]+|[a-z]+s))|\s+in\s+(?:an?(?:other)?|its|their)\s+(?:own\s+)?(?:table|list|log|ledger|history)(?:\s+of\s+(?:its|their)\s+own)?)?(?P<modal>)(?P<verb>\s*:(?!\s+(?:each|every|the)\b)|\s+with"
    r"(?!\s+(?:my|our|this|that)\s)|\s+by\s+(?:giving|entering|providing|specifying|supplying|typing(?:\s+in)?|setting|filling\s+in))\s+",
    re.IGNORECASE,
    cues=("with ", " by ", ": "),
)
_THAT_WITH = Pattern(
    rf"\b(?P<article>)(?P<noun>[a-z]+(?:\s[a-z]+)?s)\s+(?:that|which)\s+(?:[a-z]+\s)?[a-z]+s?\s+(?:(?:can|may|must|should)\s+)?(?P<deed>{_DEEDS})(?P<modal>)\s+(?P<verb>with)\s+",
    re.IGNORECASE,
    cues=(" with ",),
)
_REGISTERS_WITH = Pattern(
    r"\b(?P<article>)(?P<noun>[a-z]+)\s+(?:(?:can|may|must|should|could|to)\s+)*(?:register|sign\s+up|signs\s+up|registers|join|create\s+an\s+account)(?P<modal>)\s+"
    r"(?P<verb>with|by\s+(?:giving|entering|providing))\s+(?!(?:google|facebook|github|apple|an?\s+(?:invitation|code|link)|o?auth)\b)",
    re.IGNORECASE,
    cues=("regist", "sign", "join", "account"),
)
_DONE_WITH = Pattern(
    r"(?:^\s*|(?<=[;:.])\s*)(?P<article>)(?P<noun>[a-z]+(?:\s[a-z]+)?s)(?P<modal>)\s+(?P<verb>with)\s+(?=(?P<listed>[^.;:]{3,80}?)\s(?:are|can\s+be|may\s+be|must\s+be)\s+[a-z]+(?:ed|en)\b)",
    re.IGNORECASE,
    cues=(" with ",),
)
_PAGE = Pattern(
    r"^\W*(?P<article>)(?:(?:an?|the|each|user|public)\s+)*(?P<noun>[a-z]+)(?P<modal>)\s+(?:detail\s+)?(?:pages?|cards?|screens?|tiles?)"
    r"\s+(?P<verb>with|showing|that\s+shows?)\s+",
    re.IGNORECASE,
    cues=("page", "card", "screen", "tile"),
)
"""What a page shows of a thing: `film pages with poster, title and year`."""
_EACH_OF = Pattern(
    r"(?<!\bseveral\s)(?<!\bmany\s)(?<!\bmultiple\s)\b(?P<article>)(?P<noun>(?!several|many|multiple)[a-z]+(?:\s[a-z]+)?s)(?:\s+(?:as|in|on|at|to|for|of|from)\s+[^,.;:]{1,40})?,\s+each\s+(?P<modal>)(?P<verb>with|has|having)\s+",
    re.IGNORECASE,
    cues=("each ",),
)


_MORE = Pattern(
    r"(?:,\s*(?:(?:and|or)\s+)?|\s(?:and|or)\s+)(?P<verb>[a-z]+)\s+(?:an?|the|it|them|their|(?P<to>for|with|in|on|to))\b", re.IGNORECASE
)
_LASTING = frozenset({"book", "reserve", "rent", "order", "buy", "purchase", "borrow", "lease"})
"""What is done with a thing that is there before, and after."""


def clauses_of(sentence: str) -> list[re.Match[str]]:
    """All such places of a sentence, in order, without those that begin within another."""
    found = [
        clause
        for pattern in (_PAGE, _FOR_EACH, _KEPT_FOR, _RECORDED, _THAT_WITH, _REGISTERS_WITH, _DONE_WITH, _WITH, _CLAUSE)
        for clause in pattern.finditer(sentence)
    ]
    told = list(_EACH_OF.finditer(sentence)) if not any(clause["noun"] for clause in found) else []
    return _apart(told or found)


def tells_deed(clause: re.Match[str]) -> bool:
    """Whether a clause tells what somebody does, so that its list must look like members."""
    return clause.re in {_PAGE.compiled, _WITH.compiled, _REGISTERS_WITH.compiled, _DONE_WITH.compiled}


def deed_on(clause: re.Match[str], thing: Concept) -> str:
    """The deed that a list is about, and not the thing: who books a room with a date gives the date to the booking, not to the room."""
    deed = clause["deed"] if "deed" in clause.re.groupindex else ""
    verb = lexicon().base(deed.lower()) or ""
    return "" if verb not in _LASTING or is_record(verb, thing) else verb


def registers(clause: re.Match[str]) -> bool:
    """Whether a clause tells who registers, which the sentence is still to be read for."""
    return clause.re is _REGISTERS_WITH.compiled


def _apart(clauses: list[re.Match[str]]) -> list[re.Match[str]]:
    """In order, without those that begin within another."""
    found: list[re.Match[str]] = []
    for clause in sorted(clauses, key=lambda item: (item.end(), item.start())):
        if not found or clause.start() >= found[-1].end():
            found.append(clause)
    return found


def more_done_at(listed: str) -> int | None:
    """Where a list goes on with what else is done: `a number and an album, mark a sticker as double`."""
    for found in _MORE.finditer(listed):
        verb = found["verb"].lower()
        if lexicon().verbs.get(verb, ("", ""))[1] == "base" and (found["to"] is None or not is_attribute(verb)):
            return found.start()
    return None
