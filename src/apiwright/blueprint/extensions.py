"""What code of the project answers for: a blueprint says where it runs, and what goes in and out."""

from typing import Literal

from apiwright.blueprint.base import ComputedType, Grant, MemberName, Model, Origin, Text
from apiwright.blueprint.members import Field


class Computed(Model):
    """A read-only value in the answer that no column holds: code of the project works it out. It can be null.

    Attributes:
        description: What the value is, in words, for whoever writes the code.
    """

    name: MemberName
    type: ComputedType = "string"
    description: Text = ""
    origin: Origin = Origin()


class Hook(Model):
    """Code of the project that runs before an operation, which it may change or refuse, or after it, in the same transaction.

    Attributes:
        description: What it does, in words, for whoever writes the code.
    """

    name: MemberName
    moment: Literal["before", "after"]
    operation: Literal["create", "update", "delete"]
    description: Text = ""
    origin: Origin = Origin()


class Endpoint(Model):
    """A route beyond the usual ones, answered by code of the project: `POST /orders/{id}/split` or `GET /orders/statistics`.

    Attributes:
        scope: `row`: about one row, in the caller's reach; `collection`: about no row in particular.
        access: Who may call it. `owner`, for a collection: whoever is logged in, about their own rows.
        arguments: What the caller sends: the body of a POST, the query string of a GET.
        answer: What the caller gets; nothing (204) when it is empty.
        description: What it does, in words, for whoever writes the code.
    """

    name: MemberName
    method: Literal["GET", "POST"] = "POST"
    scope: Literal["row", "collection"] = "row"
    access: tuple[Grant, ...] = ("public",)
    arguments: tuple[Field, ...] = ()
    answer: tuple[Field, ...] = ()
    description: Text = ""
    origin: Origin = Origin()
