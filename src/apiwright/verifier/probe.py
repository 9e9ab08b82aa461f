"""One attempt at what a blueprint forbids, or allows."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from apiwright.verifier.world import OWNERS, Row

OWNER, STRANGER = OWNERS
_NAMES = re.compile(rf"\{{((?:{'|'.join(OWNERS)})(?::\w+)?)\}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One request, and what must come of it.

    Attributes:
        title: What is tried, for the report.
        who: Name of the account that asks; empty for nobody.
        method: Lower case.
        path: With names in braces.
        expect: Statuses that are right.
        body: JSON, with names in braces.
        query: Query string.
        token: `forged`, `none`, `expired` or `tampered` instead of the person's own.
        unchanged: Name of a row that must stay as it is.
        unlisted: Name of a row that the answer must not list.
        stays: When something was made all the same: members of it that must have these values (names in braces).
        hidden: Members that no answer may show.
        unseen: Names of rows of others: the answer must not show them, and they must stay as they are.
        meanwhile: Rows of others that come to be while the request is made again, as `Row` has them; the answer must stay as it is.
    """

    title: str
    who: str
    method: str
    path: str
    expect: tuple[int, ...]
    body: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict[str, str])
    token: str = ""
    unchanged: str = ""
    unlisted: str = ""
    stays: dict[str, str] = field(default_factory=dict[str, str])
    hidden: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    meanwhile: tuple[Row, ...] = ()

    @property
    def named(self) -> set[str]:
        """The rows and accounts that it is about, by their names."""
        written = json.dumps([self.path, self.body, self.query, self.stays])
        names = {self.who, self.unchanged, self.unlisted, *self.unseen, *_NAMES.findall(written)}
        return names - {""}

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return asdict(self)
