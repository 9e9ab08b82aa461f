"""Computed fields, hooks and endpoints: what code of the project answers for."""

from collections import Counter
from collections.abc import Iterator

from apiwright.blueprint.extensions import Endpoint, Hook
from apiwright.blueprint.members import Field
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.blueprint.validation.fields import problems_of
from apiwright.diagnostics import Diagnostic

_ONLY_ASKED = ("default", "min", "max", "min_length", "max_length", "pattern")


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of every extension of every entity."""
    for entity in blueprint.entities:
        if not entity.extensions:
            continue
        where = f"entities.{entity.name}"
        for name, times in Counter(item.name for item in entity.extensions).items():
            if times > 1:
                message = f"{times} extensions are called {name!r}, and each is a module of its own."
                yield Diagnostic(code="extension-duplicate", where=f"{where}.{name}", message=message, hint="Rename one of them.")
        for hook in entity.hooks:
            yield from _hook(blueprint, entity, hook, f"{where}.hooks.{hook.name}")
        for endpoint in entity.endpoints:
            yield from _endpoint(endpoint, f"{where}.endpoints.{endpoint.name}")


def _hook(blueprint: Blueprint, entity: Entity, hook: Hook, where: str) -> Iterator[Diagnostic]:
    offered = hook.operation in entity.operations and entity.access.of(hook.operation)
    registered = blueprint.auth is not None and blueprint.auth.entity == entity.name and blueprint.auth.registration
    if not offered and not (hook.operation == "create" and registered):
        message = f"Nobody can {hook.operation} a {entity.name} through the API, so this hook would never run."
        yield Diagnostic(code="hook-never-runs", where=where, message=message, hint="Offer the operation, or remove the hook.")


def _endpoint(endpoint: Endpoint, where: str) -> Iterator[Diagnostic]:
    if not endpoint.access:
        message = "Nobody may call it, so it would be code that never runs."
        yield Diagnostic(code="endpoint-nobody", where=f"{where}.access", message=message, hint="Grant it to somebody, or remove it.")
    for place, fields in (("arguments", endpoint.arguments), ("answer", endpoint.answer)):
        for name, times in Counter(field.name for field in fields).items():
            if times > 1:
                message = f"The name {name!r} is used {times} times."
                yield Diagnostic(code="name-duplicate", where=f"{where}.{place}.{name}", message=message, hint="Rename one of them.")
        for field in fields:
            for code, message, hint in _member(endpoint, field, asked=place == "arguments"):
                yield Diagnostic(code=code, where=f"{where}.{place}.{field.name}", message=message, hint=hint)


def _member(endpoint: Endpoint, field: Field, *, asked: bool) -> Iterator[tuple[str, str, str]]:
    yield from problems_of(field)
    for rule in ("unique", "indexed"):
        if getattr(field, rule):
            yield "rule-misplaced", f"`{rule}` is for what is stored, and this is not.", f"Remove `{rule}`."
    if field.type == "secret" and not asked:
        yield "answer-secret", "A secret is in no answer.", "Use another type, or remove it."
    if field.type in {"json", "secret"} and asked and endpoint.method == "GET":
        yield "argument-unfit", f"A {field.type} does not belong into a query string.", "Use another type, or the method POST."
    for rule in _ONLY_ASKED if not asked else ():
        if getattr(field, rule) is not None:
            yield "rule-misplaced", f"`{rule}` is for what is sent, and this is answered.", f"Remove `{rule}`."
