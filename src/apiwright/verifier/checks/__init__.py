"""The checks of each level, in the order in which they are reported."""

from collections.abc import Iterable

from apiwright.verifier.checks.access import AccessProbes
from apiwright.verifier.checks.boot import Boot
from apiwright.verifier.checks.extensions import Extensions
from apiwright.verifier.checks.fuzz import Fuzz
from apiwright.verifier.checks.imports import Imports
from apiwright.verifier.checks.injection import Injection
from apiwright.verifier.checks.layout import Layout
from apiwright.verifier.checks.lint import Lint
from apiwright.verifier.checks.migrations import Migrations
from apiwright.verifier.checks.openapi import OpenApi
from apiwright.verifier.checks.parse import Parse
from apiwright.verifier.checks.postgres import OnPostgres
from apiwright.verifier.checks.strict_types import StrictTypes
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.checks.types import Types
from apiwright.verifier.protocol import Check
from apiwright.verifier.report import LEVELS, Level

CHECKS: tuple[Check, ...] = (
    Layout(),
    Parse(),
    Lint(),
    Types(),
    Imports(),
    OpenApi(),
    Migrations(),
    StrictTypes(),
    Tests(),
    Extensions(),
    Boot(),
    Fuzz(),
    AccessProbes(),
    Injection(),
    OnPostgres(),
)

__all__ = ["CHECKS", "checks_of", "included"]


def checks_of(level: Level, *, extended: bool = False) -> tuple[Check, ...]:
    """Every check that `level` includes. `extended`: for a project with extensions."""
    checks = [check for check in included(CHECKS, level) if extended or not isinstance(check, Extensions)]
    strict = any(isinstance(check, StrictTypes) for check in checks)
    return tuple(check for check in checks if not (strict and isinstance(check, Types)))  # types are checked once


def included(checks: Iterable[Check], level: Level) -> tuple[Check, ...]:
    """Those of `checks` that `level` includes."""
    return tuple(check for check in checks if LEVELS.index(check.level) <= LEVELS.index(level))
