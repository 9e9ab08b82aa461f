"""What every model of a blueprint is made of: names, whose shape is checked here so that no text of a prompt can become code."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Is

EntityName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,47}$")]
MemberName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=48)]
RoleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(max_length=2_000)]

FieldType = Literal[
    "string", "text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "email", "url",
    "slug", "enum", "json", "secret",
]  # fmt: skip
ComputedType = Literal[
    "string", "text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "email", "url", "slug", "json",
]  # fmt: skip
RelationKind = Literal["many_to_one", "one_to_one", "many_to_many"]
DeleteRule = Literal["cascade", "restrict", "set_null"]
Operation = Literal["create", "read", "list", "update", "delete"]
Database = Literal["sqlite", "postgresql"]
OPERATIONS: tuple[Operation, ...] = ("create", "read", "list", "update", "delete")

Grant = Annotated[str, StringConstraints(pattern=r"^(public|authenticated|owner|role:[a-z][a-z0-9_]{0,31})$")]
"""Who may do something: anybody, whoever is logged in, the owner of the row, or a role. Several grants are alternatives."""


class Model(BaseModel):
    """Frozen, and closed: an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Model):
    """Why an element is there.

    Attributes:
        kind: `prompt` (the user's words), `convention` (a rule of ours), `catalogue` (what the domain implies), `user` (edited by hand).
        text: The words of the prompt, or the rule, as a sentence.
        start: Where the words begin in the prompt, in characters; only for `prompt`.
        end: Where they end (exclusive).
    """

    kind: Literal["prompt", "convention", "catalogue", "user"] = "user"
    text: Text = ""
    start: int | None = Is(default=None, ge=0)
    end: int | None = Is(default=None, ge=0)
