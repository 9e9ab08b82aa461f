"""What a prompt says it does without: `no description`, `without prices`, `do not store positions`, `no payments needed`."""

import re

from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.patterns import Pattern

_DENIED = Pattern(
    r"(?:\b(?:(?:i|we|you|they)\s+)?(?:do(?:es)?\s+not|don['\u2019]t|doesn['\u2019]t|must\s+not|should\s+not|never|no\s+need\s+to)\s+"
    r"(?:need|want|store|keep|save|track|record|have|include|contain|hold)\s+|\b(?:but\s+|and\s+)?without\s+|(?<=[,(])\s*(?:but\s+|and\s+)?no\s+"
    r"|\b(?:has|have|needs?)\s+no\s+|^\s*no\s+)(?:any\s+|an?\s+|the\s+)?(?P<list>[a-z][a-z \-]*(?:,\s*[a-z][a-z \-]*)*)(?=[.;:)\n]|,|$)",
    re.IGNORECASE | re.MULTILINE,
    cues=("not", "n't", "n\u2019t", "never", "without", "no "),
)
_UNNEEDED = Pattern(
    r"(?<![^.;!?\n])\s*(?:(?:there\s+(?:is|are)\s+)?no\s+(?P<list>[a-z][a-z \-]*?(?:,\s*[a-z][a-z \-]*?)*)(?:\s+(?:is|are))?"
    r"|(?P<those>[a-z][a-z \-]*?)\s+(?:is\s+not|are\s+not|isn['\u2019]t|aren['\u2019]t))"
    r"\s+(?:needed|required|necessary|wanted)\b[^.;!?\n]{0,30}(?=[.;!?\n]|$)",
    re.IGNORECASE,
    cues=("needed", "required", "necessary", "wanted"),
)
_OPTIONAL = Pattern(
    r"(?:^|(?<=[.;!?\n,]))\s*(?:(?:and|but)\s+)?(?:(?:the|an?|their|its|all)\s+)?(?P<list>[a-z][a-z \-]*?(?:,\s*[a-z][a-z \-]*?)*)\s+"
    r"(?:(?:is|are)\s+(?:not\s+(?:required|mandatory|compulsory|obligatory)|optional)|(?:isn|aren)['\u2019]t\s+(?:required|mandatory|compulsory)"
    r"|(?:may|can)\s+be\s+(?:empty|missing|omitted|left\s+(?:out|empty|blank))|(?:do(?:es)?\s+not|don['\u2019]t|doesn['\u2019]t)\s+have\s+to\s+be\s+(?:given|set|there|filled\s+in))"
    r"(?=\s*(?:[.;!?\n,]|$))",
    re.IGNORECASE,
    cues=("required", "mandatory", "compulsory", "obligatory", "optional", "may be", "can be", "have to be"),
)
_LOGIN = Pattern(r"^(?:the\s+|an?\s+)?(?:registration|sign-?up|sign-?in|log-?in|logging\s+in|account|authentication)s?$", re.IGNORECASE)
_NOT_MEMBERS = Pattern(
    r"\b(?:auth\w*|log[- ]?ins?|logging|sign\w*|users?|accounts?|registration|security|password|permission|to|else|longer|than|more|one"
    r"|access|backend|frontend|database|graphql|ui)\b",
    re.IGNORECASE,
)


def read_optional(text: str) -> tuple[frozenset[str], str]:
    """The members that a text says need not be there (`the phone is not required`), and the text without them."""
    names: set[str] = set()
    for found in list(_OPTIONAL.finditer(text)):
        pieces = [re.sub(r"^(?:an?|the|their|its)\s+", "", piece.lower()) for piece, _ in split_list(found["list"], 0)]
        told = {"_".join(piece.split()) for piece in pieces}
        if all(is_attribute(name) for name in told) and not _NOT_MEMBERS.search(found["list"]):
            names |= told
            text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return frozenset(names), text


def read_denied(text: str) -> tuple[frozenset[str], str]:
    """The names (singular, snake_case) that a text refuses, and the text without them."""
    names: set[str] = set()
    for pattern in (_UNNEEDED, _DENIED):
        for found in list(pattern.finditer(text)):
            listed = found[found.lastgroup or "list"]
            pieces = [piece for piece, _ in split_list(re.sub(r"\bor\b", "and", listed), 0)]
            if _LOGIN.match(listed) and pattern is _UNNEEDED:
                text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
                continue
            if _NOT_MEMBERS.search(listed) or any(len(piece.split()) > 3 for piece in pieces):
                continue
            for piece in pieces:
                *words, head = re.sub(r"^(?:any|an?|the)\s+", "", piece.lower()).split()
                names.add("_".join([*words, singular(head)]))
            text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return frozenset(names), text
