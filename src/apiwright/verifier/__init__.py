"""Proof that a project runs: checks in a sandbox, and a report."""

from typing import TYPE_CHECKING

from apiwright.kit.later import imported_later
from apiwright.verifier.report import LEVELS, CheckResult, Finding, Level, VerificationReport

if TYPE_CHECKING:
    from apiwright.verifier.checks import checks_of
    from apiwright.verifier.page import readable_page
    from apiwright.verifier.protocol import Check
    from apiwright.verifier.standby import Standby
    from apiwright.verifier.verify import verify

__all__ = ["LEVELS", "Check", "CheckResult", "Finding", "Level", "Standby", "VerificationReport", "checks_of", "readable_page", "verify"]

__getattr__ = imported_later(
    __name__, {"Check": "protocol", "checks_of": "checks", "Standby": "standby", "readable_page": "page", "verify": "verify"}
)  # most commands verify nothing
