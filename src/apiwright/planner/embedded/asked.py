"""Members that a clause asks for: `how old the queen is`, `whether i saw the queen`, `where it stands`, `what they eat (meat, fish)`."""

import re

from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.verb_forms import base_of, done_by

_SOMEBODY = r"(?:i|we|you|they|it|he|she|someone|somebody|(?:the|each|this|that)\s+[a-z]+)"
_HOW_OLD = Pattern(
    r"^how\s+(?P<what>old|tall|long|heavy|big|deep|wide|high|far|often)\s+(?:(?:the|its|their)\s+(?P<of>[a-z]+)|it|they|he|she)\s+(?:is|are|was|were)$",
    re.IGNORECASE,
    cues=("how ",),
)
_HOW_MANY = Pattern(
    rf"^how\s+(?P<much>many|much)\s+(?P<what>[a-z]+)(?:\s+of\s+[a-z]+)?(?:\s+(?:there\s+(?:is|are|was|were)|(?:are|is|were|was)\s+[a-z]+|{_SOMEBODY}\s+[a-z]+(?:\s+(?:on|for|with|in|there)(?:\s+it)?)?))?$",
    re.IGNORECASE,
    cues=("how ",),
)
_WHERE = Pattern(
    rf"^(?:where|in\s+which\s+place)\s+{_SOMEBODY}\s+(?:is|was|are|were|stands?|lies?|lives?|hangs?|sits?|stood|grows?|went|goes|happened)(?:\s+(?:kept|stored|now))?$",
    re.IGNORECASE,
    cues=("where", "place"),
)
_WHETHER_DID = Pattern(
    r"^(?:whether|if)\s+(?:i|we|you|they|he|she|someone|somebody)\s+(?:have\s+|has\s+)?(?P<did>[a-z]+)\s+(?:the|a|an|its|their)\s+(?P<what>[a-z]+)$",
    re.IGNORECASE,
    cues=("whether", "if "),
)
_WHETHER = Pattern(rf"^(?:whether|if)\s+{_SOMEBODY}\s+(?:will\s+|can\s+)?(?P<does>[a-z]+)$", re.IGNORECASE, cues=("whether", "if "))
_WHAT_OF = Pattern(rf"^what\s+{_SOMEBODY}\s+(?P<does>[a-z]+)\s*(?P<values>\(.+\))$", re.IGNORECASE, cues=("what ",))
_WHICH = Pattern(
    rf"^(?:(?:at|in|on|by|with|for|to|from)\s+)?which\s+(?P<what>[a-z]+)\s+{_SOMEBODY}\s+[a-z]+(?:\s+(?:in|at|on|to|for))?$",
    re.IGNORECASE,
    cues=("which ",),
)
_WRONG = Pattern(r"^what(?:['\u2019]s|\s+is|\s+was)\s+wrong(?:\s+with\s+(?:it|them|the\s+[a-z]+))?$", re.IGNORECASE, cues=("what",))
_SHOULD_BE = Pattern(
    r"^(?:(?:by\s+)?when|until\s+when)\s+(?:it|they|he|she|the\s+[a-z]+)\s+(?:should|must|will|has\s+to|needs\s+to)\s+be\s+(?P<done>[a-z]+)$",
    re.IGNORECASE,
    cues=("when",),
)
_PAID = Pattern(
    rf"^(?:what|how\s+much)\s+{_SOMEBODY}\s+(?:have\s+|has\s+)?(?P<did>charged?s?|paid|pays?|costs?|gets?|got|spent|sold)(?:\s+for\s+(?:it|them|that))?$",
    re.IGNORECASE,
    cues=("what ", "how much"),
)
_BACK = Pattern(
    r"^(?:(?:when\s+)?(?:it\s+)?(?:has|have|needs?|ought|must)\s+(?:to\s+)?be\s+(?:back|returned)|due\s+back|back)\s+(?:by|until|on|at)$",
    re.IGNORECASE,
    cues=("back", "returned"),
)
_CAME_BACK = Pattern(
    r"^(?:when\s+it\s+(?:was|is|got)\s+)?(?:actually|really|finally)\s+(?:back|returned)(?:\s+(?:at|on))?$",
    re.IGNORECASE,
    cues=("actually", "really", "finally"),
)
_MEASURES = {
    "old": "age: integer", "tall": "height: decimal", "high": "height: decimal", "long": "length: decimal", "wide": "width: decimal",
    "deep": "depth: decimal", "heavy": "weight: decimal", "big": "size", "far": "distance: decimal", "often": "frequency",
}  # fmt: skip


def asked_for(bare: str) -> str | None:
    """The member as one would write it (`queen_age: integer`), or None where nothing is asked for."""
    if found := _HOW_OLD.match(bare):
        return f"{found['of'].lower()}_{_MEASURES[found['what'].lower()]}" if found["of"] else _MEASURES[found["what"].lower()]
    if found := _PAID.match(bare):
        return f"amount_{done_by(base_of(found['did'].lower()))}: decimal"
    if (found := _HOW_MANY.match(bare)) and found["what"].lower() not in {"of", "it", "they", "we", "i"}:
        return _counted(found["what"].lower(), many=found["much"].lower() == "many")
    if _WHERE.match(bare):
        return "location: string"
    if found := _WHETHER_DID.match(bare):
        return f"{found['what'].lower()}_{done_by(base_of(found['did'].lower()))}: boolean"
    if (found := _WHETHER.match(bare)) and found["does"].lower() not in {"is", "are", "was", "were", "has", "have"}:
        return f"is_{_ing(base_of(found['does'].lower()) or found['does'].lower())}: boolean"
    return _told_apart(bare)


def _told_apart(bare: str) -> str | None:
    if found := _WHAT_OF.match(bare):
        return f"{found['does'].lower()}s {found['values']}".replace("ss ", "s ", 1)
    if found := _WHICH.match(bare):
        return found["what"].lower()
    if _WRONG.match(bare):
        return "problem: text"
    if found := _SHOULD_BE.match(bare):
        return f"{found['done'].lower()}_at: datetime"
    if _BACK.match(bare):
        return "due_at: datetime"
    return "returned_at: datetime" if _CAME_BACK.match(bare) else None


def _counted(what: str, *, many: bool) -> str:
    """`how many hours they worked` are hours; of anything else there is a number."""
    if what in {"hours", "minutes", "days", "points", "kilometers", "kilometres", "miles", "pages", "weeks"}:
        return f"{what}: {'decimal' if what == 'hours' else 'integer'}"
    return f"number_of_{plural(singular(what))}: integer" if many else f"{what}: decimal"


def _ing(base: str) -> str:
    return f"{base[:-1] if base.endswith('e') and not base.endswith('ee') else base}ing"
