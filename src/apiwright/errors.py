"""The one tree of exceptions. Everything that is raised on purpose is one of these.

ApiwrightError               base; `exit_code` for the command line
├── InputError               what the user gave cannot be used; carries diagnostics (exit 2)
│   ├── PromptError          a prompt that says nothing we can build on
│   ├── BlueprintError       a blueprint that does not parse or does not hold together
│   └── OutputError          the place to write to cannot be used (not empty, no permission)
├── CompileError             the compiler broke its own promise; always a fault of ours
├── ModelError               a language model could not do its part: no access, no answer, none that is of use, over budget
└── VerificationUnavailableError  the machine lacks what a check needs (no uv, no registry, no sandbox)
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from apiwright.diagnostics import Diagnostic


class ApiwrightError(Exception):
    """Base of every error that Apiwright raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(ApiwrightError):
    """The input cannot be used. `diagnostics` (never empty) says what, where and how to mend it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(item) for item in self.diagnostics))


class PromptError(InputError):
    """The prompt says nothing that a backend could be built on."""


class BlueprintError(InputError):
    """The blueprint does not parse, or does not hold together."""


class OutputError(InputError):
    """The place to write to cannot be used."""


class CompileError(ApiwrightError):
    """The compiler made something that its own rules forbid. A fault of ours, never of the user's."""


ModelFailure = Literal[
    "access", "not-found", "quota", "rate-limited", "unavailable", "timeout", "connection", "rejected", "refused", "unusable", "budget"
]


class ModelError(ApiwrightError):
    """A language model could not do its part. The message names the model and says what to do; it never holds a key.

    Attributes:
        code: What kind of failure it is.
        retry_after: Seconds after which the vendor wants to be asked again, if it said so.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, code: ModelFailure, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code: ModelFailure = code
        self.retry_after = retry_after


class VerificationUnavailableError(ApiwrightError):
    """A check cannot be run on this machine; the message says what is missing and how to get it."""
