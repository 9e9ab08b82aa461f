"""Proof that a project runs: checks in a sandbox, and a report."""

from typing import TYPE_CHECKING, Any

from apiwright.verifier.report import LEVELS, CheckResult, Finding, Level, VerificationReport

if TYPE_CHECKING:
    from apiwright.verifier.checks import checks_of
    from apiwright.verifier.page import readable_page
    from apiwright.verifier.protocol import Check
    from apiwright.verifier.standby import Standby
    from apiwright.verifier.verify import verify

__all__ = ["LEVELS", "Check", "CheckResult", "Finding", "Level", "Standby", "VerificationReport", "checks_of", "readable_page", "verify"]

_LATER = {"Check": "protocol", "checks_of": "checks", "Standby": "standby", "readable_page": "page", "verify": "verify"}


def __getattr__(name: str) -> Any:
    """Import what runs checks only when it is asked for: most commands verify nothing, and must start fast."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value
