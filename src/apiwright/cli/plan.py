"""`apiwright plan`: what a prompt describes, before anything is made of it."""

import sys
from typing import Annotated

import typer

from apiwright import bootstrap
from apiwright.blueprint import Blueprint, Entity, Field, Origin, dump_json, dump_mermaid, dump_yaml
from apiwright.cli.options import ModelOption, PlannerOption, PromptArgument, prompt_text
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.planner import Progress


def command(
    prompt: PromptArgument,
    planner: PlannerOption = "auto",
    model: ModelOption = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The blueprint as JSON.")] = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="The blueprint as YAML, as `apiwright compile` takes it.")] = False,
    as_mermaid: Annotated[bool, typer.Option("--mermaid", help="The entities as a Mermaid diagram.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Tell for each element why it is there.")] = False,
) -> None:
    """Show the blueprint that a prompt describes. Nothing is written."""
    if as_json + as_yaml + as_mermaid > 1:
        message = "Choose one of --json, --yaml and --mermaid."
        raise InputError([Diagnostic(code="options-exclusive", message=message, hint="Leave the others out.")])
    blueprint = bootstrap.planner(planner, model=model).plan(prompt_text(prompt), tell=_tell_aside)
    if as_json:
        print(dump_json(blueprint), end="")
    elif as_yaml:
        print(dump_yaml(blueprint), end="")
    elif as_mermaid:
        print(dump_mermaid(blueprint), end="")
    else:
        _outline(blueprint, why=why)


def _tell_aside(step: Progress) -> None:
    """What a planner tells while it plans, on standard error: standard output is for the plan."""
    if "partial" not in step.data:
        print(f"{step.phase:<22} {step.message}", file=sys.stderr, flush=True)


def _outline(blueprint: Blueprint, *, why: bool) -> None:
    print(f"{blueprint.title} ({blueprint.name}, {blueprint.database})")
    for entity in blueprint.entities:
        print(f"\n{entity.name}{_reason(entity.origin, why=why)}")
        for line, origin in (*_members(entity), *_terms(entity)):
            print(f"  {line}{_reason(origin, why=why)}")
    if blueprint.auth is not None:
        roles = ", ".join(role.name for role in blueprint.roles)
        print(f"\naccounts: {blueprint.auth.entity}{f'; roles: {roles}' if roles else ''}{_reason(blueprint.auth.origin, why=why)}")
    for assumption in blueprint.assumptions:
        print(f"assumed: {assumption}")


def _members(entity: Entity) -> list[tuple[str, Origin]]:
    fields = [(f"{field.name}: {_type(field)}", field.origin) for field in entity.fields]
    arrows = {"many_to_one": "->", "one_to_one": "<->", "many_to_many": "<->*"}
    relations = [
        (f"{item.name} {arrows[item.kind]} {item.target}{'' if item.required or item.kind == 'many_to_many' else '?'}", item.origin)
        for item in entity.relations
    ]
    moves = [(f"{item.name}(): {item.field} = {item.target}", item.origin) for item in entity.transitions]
    pairs = [(f"{item.name}() / {item.undo}()", item.origin) for item in entity.pair_actions]
    written = [(f"{item.name}: {item.type} (computed)", item.origin) for item in entity.computed]
    written += [(f"{item.name}: {item.moment} {item.operation}", item.origin) for item in entity.hooks]
    written += [(f"{item.method} {item.name}()", item.origin) for item in entity.endpoints]
    return fields + relations + moves + pairs + written


def _terms(entity: Entity) -> list[tuple[str, Origin]]:
    """What holds for its rows, and who may do what with them. Rows belong to somebody for the reason of the relation that leads there."""
    owner = entity.relation(entity.owned_via) if entity.owned_via else None
    lines = [(f"owned via {owner.name}", owner.origin)] if owner else []
    lines += [(f"unique together: {', '.join(group)}", Origin()) for group in entity.unique_together]
    grants: dict[tuple[str, ...], list[str]] = {}
    for operation in entity.operations:
        grants.setdefault(entity.access.of(operation), []).append(operation)
    allowed = [f"{', '.join(operations)}: {', '.join(who) or 'nobody'}" for who, operations in grants.items()]
    return lines + [(line, entity.access.origin) for line in allowed]


def _type(field: Field) -> str:
    detail = f"({', '.join(field.values)})" if field.values else ""
    return f"{field.type}{detail}{'' if field.required else '?'}{' unique' if field.unique else ''}"


def _reason(origin: Origin, *, why: bool) -> str:
    return f"    # {origin.kind}: {origin.text}" if why and origin.text else ""
