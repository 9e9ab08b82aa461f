"""Text -> tokens that know where they stand in the prompt."""

import re
from typing import Literal

from msgspec import Struct

TokenKind = Literal["word", "number", "path", "url", "punct", "possessive"]

_TOKEN = re.compile(
    r"(?P<url>\b(?:https?|ftp)://[^\s)>\"']+)"
    r"|(?P<path>(?<![\w/.})])/[A-Za-z{:<][\w{}:<>.\-]*(?:/[\w{}:<>.\-]*)*(?:\?[\w=&{}%.\-\[\]]*)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?![\w-]))"
    r"|(?P<possessive>(?<=\w)['\u2019]s\b|(?<=s)['\u2019](?=\s))"
    r"|(?P<with>\bw/(?=\s|\w))"
    r"|(?P<mutual>(?:(?<=follow )|(?<=block )|(?<=invite )|(?<=message )|(?<=befriend )|(?<=rate )|(?<=review ))"
    r"(?:each other|one another)\b)"
    r"|(?P<state>\bin progress\b)"
    r"|(?P<word>\w+(?:(?:-|\.(?=[a-z\d]))(?=[^\W_])\w+)*(?:['\u2019](?!s\b)\w+)?)"
    r"|(?P<punct>[^\w\s])"
)
_SKIPPED = frozenset("*#`_~|")
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs)\.,?", re.IGNORECASE)


class Token(Struct, frozen=True):
    """One word or sign. `start` and `end` are characters of the prompt; `code` tells that it stands between backticks."""

    kind: TokenKind
    text: str
    low: str
    start: int
    end: int
    code: bool = False


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text that begins at `offset` of the prompt. Marks of Markdown are dropped."""
    text = _ABBREVIATION.sub(lambda match: match[1].replace(".", "\u02d9").ljust(len(match[0])), text)
    tokens: list[Token] = []
    code = False
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup, match[0]
        if word == "`":
            code = not code
        if (kind == "punct" and word in _SKIPPED) or kind is None:
            continue
        if kind == "with":
            kind, word = "word", "with"
        if kind == "mutual":
            kind, word = "word", "users"
        if kind == "state":
            kind, word = "word", "in-progress"
        low = word.lower().replace("\u2019", "'").replace("\u02d9", ".")
        tokens.append(Token(kind=kind, text=word, low=low, start=offset + match.start(), end=offset + match.end(), code=code))  # type: ignore[arg-type]
    return tokens


def sentences(tokens: list[Token], text: str, offset: int) -> list[list[Token]]:
    """Tokens grouped by sentence: a full stop, `!`, `?` or `;`, or an empty line ends one."""
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if groups[-1] and "\n\n" in text[groups[-1][-1].end - offset : token.start - offset]:
            groups.append([])
        groups[-1].append(token)
        if token.kind == "punct" and token.text in ".!?;":
            groups.append([])
    return [group for group in groups if group]
