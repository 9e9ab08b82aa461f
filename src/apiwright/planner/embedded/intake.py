"""What cannot be planned, told before anything is read."""

import re
import unicodedata

from apiwright.blueprint.validation.limits import UNSTORABLE
from apiwright.diagnostics import Diagnostic
from apiwright.errors import PromptError
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import word_list

LONGEST = 50_000
_LONGEST_RUN, _MOST_REPEATED = 300, 100
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_RUN = re.compile(rf"[^\S\n]{{{_LONGEST_RUN},}}|\w{{{_LONGEST_RUN},}}|[^\w\s]{{{_LONGEST_RUN},}}")
_REPEATED = re.compile(rf"(.{{1,4}}?)\1{{{_MOST_REPEATED - 1},}}", re.DOTALL)
_LETTERS = Pattern(r"[^\W\d_]{2,}")
_UNUSUAL = Pattern(r"[^ -~\n\r\t\f\v]")
_ENGLISH = word_list("english")
_FOREIGN = word_list("foreign") - _ENGLISH
_NO_BACKEND = Pattern(
    r"(?:^|[.!?\n])\W*(?:(?:please|now|hey|hi|hello|(?:can|could|would|will)\s+you|i\s+want\s+you\s+to)\W+)*(?:write|compose|tell|sing|draw|paint|translate|give|explain|what|who|why|how|when)\b.{0,40}?\b(?:poem|essay|song|lyrics|haiku|limerick|novel|letter|joke|"
    r"story|picture|fairy\s+tale|speech|recipe\s+for|weather\s+(?:today|tomorrow)|capital\s+of|meaning\s+of\s+life)\b",
    re.IGNORECASE | re.DOTALL,
    cues=("write", "compose", "tell", "sing", "draw", "paint", "translate", "give", "explain", "what", "who", "why", "how", "when"),
)
_THING_TO_LOOK_AT = Pattern(
    r"\b(?:design|draw|paint|sketch|make|create|generate)\s+(?:me\s+)?(?:an?|my|the|our)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:logo|poster|banner|flyer|icon|picture|drawing|painting|illustration|presentation|meme|wallpaper|tattoo)"
    r"(?=\s*(?:[.!?]|$|(?:for|about|of|showing)\b))",
    re.IGNORECASE,
    cues=("design", "draw", "paint", "sketch", "make", "create", "generate"),
)
_WORK_ON_A_TEXT = Pattern(
    r"^\W*(?:please\W+)?(?:translate|summari[sz]e|proofread|paraphrase|rephrase)\s+(?:this|these|the\s+following|the\s+text|my|me)\b",
    re.IGNORECASE,
    cues=("translate", "summari", "proofread", "phrase"),
)
_QUESTION = Pattern(
    r"^\W*(?:please\W+)?(?:what|who|whose|where|when|why|how\s+(?:much|many|old|far|long|tall|big|do|does|is|are))(?:'s)?\s"
    r"[^.!?\n]{1,120}\?\s*$",
    re.IGNORECASE,
    cues=("what", "who", "where", "when", "why", "how"),
)
_STATEMENT_OF_SQL = Pattern(
    r"^[\W\d_]*(?:select\s+(?:\*|[\w.]{1,60}(?:\s*,\s*[\w.]{1,60}){0,20})\s+from\s+\w+(?=\s*(?:;|$|(?:where|join|limit|order\s+by)\b))"
    r"|drop\s+(?:table|database|schema)\s+\w+(?=\s*(?:;|$|cascade\b))|delete\s+from\s+\w+(?=\s*(?:;|$|where\b))"
    r"|insert\s+into\s+\w+\s*(?:\(|values\b)|update\s+\w+\s+set\s+\w+\s*="
    r"|(?:or|and)\s+['\"\w]+\s*=\s*['\"\w]+)[^;\n]{0,200};?[\s;-]*$",
    re.IGNORECASE,
    cues=("select", "drop", "delete", "insert", "update", "="),
)
_BACKEND = Pattern(
    r"\b(?:api|apis|backend|back-end|server|crud|database|app|application|website|site|platform|system|service|rest|endpoint|endpoints|web|manage|track|store|entities|"
    r"fastapi|tracker|portal|users?|model|models|table|tables|schema)\b",
    re.IGNORECASE,
)


def checked(prompt: str) -> str:
    """The prompt as it is read, when there is something in it to read.

    Raises:
        PromptError: It is empty, too long, binary, or has no words.
    """
    if not prompt.strip():
        raise _refusal("prompt-empty", "The prompt is empty.")
    if len(prompt) > LONGEST:
        raise _refusal(
            "prompt-too-long",
            f"The prompt has {len(prompt):,} characters; up to {LONGEST:,} are read.",
            "Shorten it, or write a blueprint instead.",
        )
    strange = sum(unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"} for char in _UNUSUAL.findall(prompt))
    if UNSTORABLE.search(prompt) or strange > max(3, len(prompt) // 50) or prompt.count("\ufffd") > max(3, len(prompt) // 50):
        raise _refusal("prompt-binary", "The prompt is not text: it holds control characters.")
    words = _LETTERS.findall(prompt)
    if not words:
        raise _refusal("prompt-no-words", "The prompt has no words.")
    return _tidied(prompt)


def _tidied(prompt: str) -> str:
    """Lines end in one sign, and no gap, word or row of signs is longer than anybody writes it, nor repeated more often.

    Rules that look for such take time that grows with the square of its length. Origins point into what is left.
    """
    text = _EMPTY_LINES.sub("\n\n\n", prompt.replace("\r\n", "\n").lstrip("\ufeff"))
    text = _RUN.sub(lambda found: found[0][:_LONGEST_RUN], text)
    return _REPEATED.sub(lambda found: found[1] * _MOST_REPEATED, text)


def refuse_other_wishes(prompt: str) -> None:
    """Raise `PromptError` for a prompt that asks for something that is no backend: a poem, a picture, an answer, a statement of SQL."""
    if _STATEMENT_OF_SQL.search(prompt) or _asks_for_something_else(prompt):
        raise _refusal("prompt-no-backend", "The prompt does not ask for a backend.")


def _asks_for_something_else(prompt: str) -> bool:
    if _WORK_ON_A_TEXT.search(prompt):
        return not _BACKEND.search(prompt.partition(":")[0])  # what follows is the text
    asked = any(pattern.search(prompt) for pattern in (_NO_BACKEND, _THING_TO_LOOK_AT, _QUESTION))
    return asked and not _BACKEND.search(prompt)


def is_foreign(prompt: str) -> bool:
    """Whether the prompt is in a language other than English, as far as its letters and small words tell."""
    words = [word.lower() for word in _LETTERS.findall(prompt)]
    latin = [word for word in words if word[0] < "\u0250"]
    if len(latin) < len(words) * 0.4:
        return True
    accented = sum(not word.isascii() for word in latin)
    english, foreign = sum(word in _ENGLISH for word in latin), sum(word in _FOREIGN for word in latin)
    return (len(latin) >= 4 and foreign > english) or accented > len(latin) * 0.3


def mentions_backend(prompt: str) -> bool:
    """Whether the prompt speaks of an API, an application or anything else that has a backend."""
    return bool(_BACKEND.search(prompt))


def refuse_foreign() -> PromptError:
    """The answer to a prompt of another language of which nothing was understood."""
    return _refusal("prompt-language", "The prompt does not seem to be English, the only language that is read without a model.")


def refuse_nonsense() -> PromptError:
    """The answer to words that name nothing a backend could keep."""
    return _refusal("prompt-no-backend", "The prompt names nothing that a backend could keep.")


def _refusal(code: str, message: str, hint: str = "") -> PromptError:
    example = "Say what to keep and who may do what, for example: “A blog with posts, comments and tags”."
    return PromptError([Diagnostic(code=code, message=message, hint=hint or example)])
