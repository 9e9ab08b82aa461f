"""What is said the long way round, said plainly: `inside a board there are lists` is `a board has lists`.

The text keeps its length, so that everything in it stays where it stands in the prompt.
"""

import re

from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon, word_list

_NOUN = r"[A-Za-z][\w\-]*(?:\s[a-z][\w\-]*)?"
_THERE_ARE = Pattern(
    rf"\b(?:in|inside|within|on|at|under|for)\s+(?P<whole>(?:an?|each|every|one)\s+(?P<noun>{_NOUN}?)),?\s+"
    r"(?P<verb>there\s+(?:are|is|can\s+be|may\s+be|will\s+be)|(?:one|you|we|users?|people)\s+(?:can\s+)?finds?|we\s+have)\s+(?=[a-z])",
    re.IGNORECASE,
    cues=("there", "find", "we have"),
)


_DATE_OF = Pattern(
    r"\b(?P<what>date|year|place|country|month)\s+of\s+(?!(?:the|an?|each|every|their|its|this|that|all|any|his|her)\b)(?P<of>[a-z]+)\b",
    re.IGNORECASE,
    cues=(" of ",),
)


_WITH = Pattern(
    rf"\b(?P<what>(?:an?|each|every)\s+{_NOUN}?\s+(?:is|are)\s+(?:of|for|to|by|from|about|made|between)\s[^.,;:()]*,\s+)"
    r"with\s(?=[a-z])",
    re.IGNORECASE,
    cues=(", with ",),
)


_TO_US = Pattern(
    r"(?<=\s)(?P<verb>(?:send|give|pay|bring|show|lend|offer|hand|sell|order|write|leave)s?\s+)(?P<us>me|us)(?=\s+(?!to\b|an?\s+(?:call|hand|favou?r)\b)[a-z])",
    re.IGNORECASE,
    cues=(" me ", " us "),
)
"""Who writes the prompt is no part of what is sent to them."""
_SORTED = Pattern(
    r"\bin\s+(?:an?\s+|the\s+)?(?:certain|particular|given|fixed|right|correct|specific|alphabetical|chronological|reverse|running|playing)\s+order\b",
    re.IGNORECASE,
    cues=(" order",),
)
_GOT = Pattern(r"(?<=[a-z])\sgot(?=\s(?:an?|their|its|the|many|several|two|three)\s)", re.IGNORECASE, cues=(" got ",))
_THERES = Pattern(r"\btheres\b", re.IGNORECASE, cues=("theres",))


_PEOPLE = Pattern(
    r"\b(?:people|others|some(?:one|body))(?P<rest>\s+(?:(?:can|may|could|will|should)\s+)?(?P<verb>[a-z]+)\b(?!\s+(?:by|in|at)\b))",
    re.IGNORECASE,
    cues=("eople ", "thers ", "omeone ", "omebody "),
)


_WOULD_LIKE = Pattern(r"(?<=\b)(?:would|['\u2019]d)\s+like(?=\s+to\b)", re.IGNORECASE, cues=("like to",))
_COMING = Pattern(
    r"\b(?:say|tell\s+us|indicate|state|confirm|let\s+(?:us|others)\s+know)\s+(?:whether|if)\s+(?:they|he|she|i)\s+(?:(?:can|will|are|is)\s+)?"
    r"(?:come|coming|attend|go|going|make\s+it|take\s+part|participate)\s+(?:(?:to|in|at)\s+)?(?=(?:an?|the|each|every)\s)",
    re.IGNORECASE,
    cues=("whether", "if "),
)
"""Who says whether they come to a rehearsal leaves an attendance."""
_DOING = Pattern(
    r"(?<=s)\s(?:that\s|which\s)?(?:they|he|she|i|we|you|users)\s(?:(?:are|am|is)\s(?:currently\s)?[a-z]+ing(?=\s(?:with|by)\s|:\s)"
    r"|(?:have|own|want|need|sell|offer|keep|collect)(?=:\s))"
    r"|(?<=[a-z])\s(?:an?|per|each|every)\s(?:day|week|month|quarter|year)(?=:\s)",
    re.IGNORECASE,
    cues=("ing with", "ing by", ": "),
)
"""What somebody does with the things meanwhile: `books they are reading with title and author`."""
_APART = Pattern(
    r"(?P<kept>\bkeeps?\s+(?:its|their)\s[^.;\n]{3,100}?)(?P<apart>,?\s+(?:(?:strictly|completely|fully|entirely|totally)\s+)?"
    r"(?:separate|isolated|apart)\b(?:\s+from\s[^.;\n]*)?)",
    re.IGNORECASE,
    cues=("keep",),
)
"""What each keeps from the others is what each has."""
_GIVEN = Pattern(
    r",?\s+(?:and|then)\s+(?:can\s+)?gives?\s+(?:it|them)(?=\s+(?:an?|its|their|the)\s)", re.IGNORECASE, cues=(" it ", " them ")
)
"""`create a deck and give it a name`: what is made is made with it."""
_WHO_IS = Pattern(
    r"(?<=[a-z])\s+who\s+(?:is|must\s+be)\s+(?P<what>an?\s+[a-z]+)\b(?=\s*(?:[.,;:)\n]|$|and\b))", re.IGNORECASE, cues=("who ",)
)
"""`a CEO who is a user` is a CEO (a user)."""
_RATHER = Pattern(r"\b(?:instead\s+of|rather\s+than)\s+[a-z]+ing\b[^.,;:\n]*", re.IGNORECASE, cues=("instead of", "rather than"))


def plainly(text: str) -> str:
    """The text with such forms replaced, blanks filling what is left of them. `date of birth` becomes one word."""
    text = _WOULD_LIKE.sub(lambda found: "want".rjust(len(found[0])), text)
    text = _COMING.sub(lambda found: "record attendance at ".ljust(len(found[0])), text)
    text = _APART.sub(lambda found: found["kept"] + " " * len(found["apart"]), text)
    text = _GIVEN.sub(lambda found: " with".ljust(len(found[0])), text)
    text = _DOING.sub(_blank, text)
    text = _WHO_IS.sub(lambda found: f" ({found['what']})".ljust(len(found[0])), text)
    text = _RATHER.sub(lambda found: " " * len(found[0]), text)
    text = _THERES.sub("it has", _GOT.sub(" has", text))
    text = _SORTED.sub(_blank, _TO_US.sub(_without_us, text))
    text = _PEOPLE.sub(_users, _WITH.sub(r"\g<what>has  ", text))
    return _DATE_OF.sub(lambda found: re.sub(r"\s", "_", found[0]), _THERE_ARE.sub(_has, text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_us(found: re.Match[str]) -> str:
    return found["verb"] + "  "


def _users(found: re.Match[str]) -> str:
    """`people review books` are the users; `we keep people` are not."""
    verb = lexicon().base(found["verb"].lower()) or ""
    acts = lexicon().verb_classes.get(verb, frozenset()) & {"act", "create", "manage", "view"}
    return "users".ljust(len(found[0]) - len(found["rest"])) + found["rest"] if acts else found[0]


def _has(found: re.Match[str]) -> str:
    if found["noun"].rsplit(maxsplit=1)[-1].lower() in word_list("establishment") | word_list("world"):
        return found[0]
    return f"{found['whole']} has ".rjust(len(found[0]))
