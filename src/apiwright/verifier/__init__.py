"""Proof that a project runs: checks in a sandbox, and a report."""

from apiwright.verifier.report import LEVELS, CheckResult, Finding, Level, VerificationReport

__all__ = ["LEVELS", "CheckResult", "Finding", "Level", "VerificationReport"]
