"""What is asked of a scripted model, whatever the wire format, and what it may answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, read and found to be of the right shape.

    Attributes:
        key: What the request was authorised with.
        instructions: The system's part.
        words: The user's part: the JSON document of the planner.
        schema: What the answer is to look like.
        raw: The whole body.
    """

    model: str
    key: str
    instructions: str
    words: dict[str, Any]
    schema: dict[str, Any]
    raw: str

    @property
    def unit(self) -> str:
        """`outline`, or the name of the entity or extension that is asked for."""
        return self.words["name"] if self.words["task"] in {"write the entity", "write the extension"} else "outline"

    @property
    def repairs(self) -> bool:
        """Whether it is a repair."""
        return "problems" in self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer by the schema. Of one that is `held` the second half is sent when that file exists."""

    document: dict[str, Any]
    tokens: tuple[int, int] = (1_000, 200)
    held: Path | None = None

    @property
    def text(self) -> str:
        return json.dumps(self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An answer that is some text, not by the schema."""

    text: str
    tokens: tuple[int, int] = (1_000, 200)


@dataclass(frozen=True, slots=True)
class Empty:
    """An answer with nothing in it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model, or its vendor's filter, will not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """An answer that the vendor's filter ends in the middle."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncated:
    """An answer that ends where the longest answer ends."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A stream that breaks off in the middle: the connection is closed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A stream in which the vendor says, in the middle, that it cannot go on."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """No answer for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpFailure:
    """An error of the vendor. Like some of them it repeats the key in its text. `reason`: its own words for it, if not the usual."""

    status: int
    retry_after: int | None = None
    reason: str = ""


Reply = Answer | Text | Empty | Refusal | Filtered | Truncated | Cut | Broken | Hung | HttpFailure
Script = Callable[[Call], Reply]


class WireError(Exception):
    """The request has not the shape that the vendor documents."""


def require(fault: bool, message: str) -> None:
    """Raise `WireError` with `message` when `fault` holds."""
    if fault:
        raise WireError(message)


def only(body: dict[str, Any], allowed: set[str], where: str) -> None:
    """Raise `WireError` when there is a member that the vendor does not know."""
    require(bool(set(body) - allowed), f"unknown members of {where}: {sorted(set(body) - allowed)}")


def pieces(text: str, size: int = 60) -> list[str]:
    """A text as it comes in a stream."""
    return [text[start : start + size] for start in range(0, len(text), size)]
