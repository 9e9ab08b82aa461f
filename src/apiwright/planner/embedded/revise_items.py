"""Said lists -> their entries: `a title, a slug that must be unique and a rating from 1 to 5, all of them optional`."""

import re
from collections.abc import Iterator

from apiwright.kit.inflection import singular

_I = re.IGNORECASE
_JOINTS = re.compile(r"\s*[,;]\s*(?:and\s+|or\s+)?(?:also\s+)?|\s+(?:and|&)\s+(?:also\s+)?", _I)
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_VALUE = r"[\w\-']+(?: [\w\-']+)?"
_VALUES = rf"{_VALUE}(?:(?:\s*,\s*(?:and |or )?|\s*[/|]\s*|\s+(?:or|and)\s+){_VALUE})+"
_BRACKETED = (
    (re.compile(r"\s+(?:between|from|of)\s+(\d+)\s+(?:and|to)\s+(\d+)\s+(?:characters|chars|letters)(?: long)?", _I), r" (at least \1 characters, up to \2 characters)"),
    (re.compile(r"\s+(?:of|with) (?:exactly )?(\d+) (?:characters|chars|letters)(?: long)?", _I), r" (at least \1 characters, up to \1 characters)"),
    (re.compile(r"\s+(?:of|with) (?:up to|at most|no more than|max(?:imum)?) (\d+) (?:characters|chars|letters)(?: long)?", _I), r" (up to \1 characters)"),
    (re.compile(r",\s+(integer|decimal|boolean|float|string|datetime)(?=,|$| and )(?![^()]*\))", _I), r" (\1)"),
    (re.compile(r",\s+(?:(?:is |must be |and )?(?:not|never) |non-?)negative(?![^()]*\))", _I), r" (at least 0)"),
    (re.compile(r"\s+as (?:an? )?percent(?:age)?(?=,|$| and )", _I), r" (float)"),
    (re.compile(r",?\s+(?:(?:that|which) starts|starting) (?:at|from|with) zero\b", _I), r" (integer, default 0)"),
    (re.compile(r",\s+(up to|at most|at least|max(?:imum)?|min(?:imum)?) (\d+) (?:characters|chars|letters)(?: long)?(?![^()]*\))", _I), r" (\1 \2 characters)"),
    (re.compile(r"\s+in (?:(?:euro|dollar|us|eur|usd) )?(?:cents|pence)\b(?! \()", _I), r" (integer)"),
    (re.compile(r"\s+in (?:euros?|dollars?|pounds?|usd|eur|gbp|hex|hexadecimal)\b", _I), ""),
    (re.compile(rf"\s+(?:between|from)\s+{_NUMBER}\s+(?:and|to)\s+{_NUMBER}", _I), r" (\1 to \2)"),
    (re.compile(rf",?\s+(?:(?:that|which)\s+(?:can|may|must|should) be|(?:that|which) is(?= either| one of)|with (?:the )?(?:possible |allowed )?(?:values|options|choices|states)|being(?= either| one of))\s+(?:either |one of )?({_VALUES})$", _I), r" (\1)"),
    (re.compile(rf"(?<=\w)\s*:\s*(?:either |one of )?({_VALUES})(?=$|,?\s+[\w\-]+ by default$|,?\s+default(?:s to)? [\w\-]+$)", _I), r" (\1)"),
    (re.compile(r",?\s+(?:that|which)\s+(?:must|should|has to|have to|needs? to|can)\s+be\s+(?:kept\s+)?(unique|required|mandatory|optional|secret)\b", _I), r" (\1)"),
    (re.compile(r",?\s+(?:that|which)\s+(?:is|are)\s+(?:kept\s+)?(unique|required|mandatory|optional|secret)\b", _I), r" (\1)"),
    (re.compile(r",?\s+(?:(?:that|which) (?:is|are)\s+)?([\w\-]+) by default\b", _I), r" (default \1)"),
    (re.compile(r",?\s+(?:with |that |which )?(?:a |the )?default(?:s to| of| is|:)?(?: value)? (?!value)([\w\-.]+)(?=$|[ ,])", _I), r" (default \1)"),
    (re.compile(r",?\s+(?:(?:that|which) starts|starting) (?:at|from|with) (-?\d+)", _I), r" (default \1)"),
    (re.compile(r"\bcounter \(default (-?\d+)\)", _I), r"counter (integer, default \1)"),
    (re.compile(r"(?<=\w )counter(?=$|,| and )", _I), r"counter (integer, default 0)"),
)  # fmt: skip
"""What is said of an entry behind it, as it would be told in brackets."""
_ALL = re.compile(r"(?:,|,? and)?\s+(?:all|each|both)(?: of (?:them|these|those|which))?(?: (?:are|being|should be))? (?P<rule>required|mandatory|optional)", _I)  # fmt: skip


def said_items(text: str) -> Iterator[str]:
    """The entries of a list: `a title, a body and a status (draft or published)`. What stands in brackets is never taken apart."""
    text, rule = text.strip(" .,;"), ""
    if (found := _ALL.search(text)) and found.end() == len(text):
        text, rule = text[: found.start()], "" if found["rule"].lower() == "optional" else "required "
    for pattern, told in _BRACKETED:
        text = pattern.sub(told, text)
    for item in _apart(text.replace(") (", ", ")):
        yield f"{rule}{item}"


def _apart(text: str) -> Iterator[str]:
    depth, begin = 0, 0
    joints = {match.start(): match.end() for match in _JOINTS.finditer(text)}
    at = 0
    while at < len(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text[at], 0)
        if depth == 0 and at in joints:
            yield from _item(text[begin:at])
            begin = at = joints[at]
        else:
            at += 1
    yield from _item(text[begin:])


def _item(text: str) -> Iterator[str]:
    text = re.sub(r"^(?:(?:an?|the) )?(?:[\w ]+ )?(?:field|column) (?:called|named) ", "", text.strip())
    if item := re.sub(r"^(?:and|or|also|a|an|the|one|some|their|its)\s+", "", re.sub(r"^(?:and|or|also)\s+", "", text.strip(" .,;"))):
        yield re.sub(r"^(?:number|count) of ([\w ]+)$", lambda found: f"{singular(found[1])} count (integer)", item)
