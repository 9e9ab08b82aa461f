"""ProjectModel -> FileTree: templates filled in, imports tidied, every Python module parsed and formatted."""

from collections.abc import Iterator
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

import ruff_api
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from apiwright.compiler.compiled_templates import CompiledTemplates
from apiwright.compiler.imports import tidy_imports
from apiwright.compiler.layout import ENTITY, EXTENDED, EXTENSION, PROJECT
from apiwright.compiler.lower_support import lower_support
from apiwright.compiler.lower_tests import lower_tests
from apiwright.compiler.project_model import EntityModel, ExtensionModel, ProjectModel
from apiwright.compiler.python_source import Code
from apiwright.errors import CompileError
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.kit.places import cache_root

_FORMAT = ruff_api.FormatOptions(target_version="py311", line_width=100)


def render(project: ProjectModel) -> FileTree:
    """Every file of the project.

    Raises:
        CompileError: A template printed text that is not `Code`, or made a module that does not parse.
    """
    return FileTree(_files(project))


def finalize(value: object) -> object:
    """Let nothing be printed but `Code` and whole numbers.

    Raises:
        CompileError: Plain text, or anything else, was about to be printed.
    """
    if isinstance(value, Code) or type(value) is int:
        return value
    raise CompileError(f"a template prints {value!r}, which is not code")


def _files(project: ProjectModel) -> Iterator[GeneratedFile]:
    suite = lower_tests(project)
    context: dict[str, Any] = {
        "project": project,
        "suite": suite,
        "support": lower_support(project),
        "uses": project.uses,
        "types": SimpleNamespace(**project.payload_types),
        "account": project.auth.entity if project.auth else None,
        **{name: getattr(project.signatures, name) for name in project.signatures.__struct_fields__},
    }
    for item in PROJECT:
        if item.when(project):
            yield render_file(item.source, item.target, context, phase=item.phase)
    for item in ENTITY:
        for entity, tests in zip(project.entities, suite.entities, strict=True):
            target = item.target(entity)
            if target is not None:
                yield render_file(item.source, target, {**context, "entity": entity, "tests": tests}, phase=f"entity:{entity.name}")
    for tests in suite.entities if project.uses.extensions else ():
        if tests.wiring is not None:
            yield from _extensions(tests.entity, {**context, "entity": tests.entity, "tests": tests, "wiring": tests.wiring})


def _extensions(entity: EntityModel, context: dict[str, Any]) -> Iterator[GeneratedFile]:
    """What code of the project is to answer for: the modules of one entity, their tests, and those of the calls to them."""
    phase = f"entity:{entity.name}"
    for item in EXTENDED:
        if (target := item.target(entity)) is not None:
            yield render_file(item.source, target, context, phase=phase)
    for extension in entity.extensions:
        yield from stubs_of(entity, extension)


def stubs_of(entity: EntityModel, extension: ExtensionModel) -> Iterator[GeneratedFile]:
    """The module of an extension and its tests, as they are before somebody writes them."""
    for item in EXTENSION:
        yield render_file(item.source, item.target(extension), {"entity": entity, "extension": extension}, phase=f"entity:{entity.name}")


def render_file(source: str, path: str, context: dict[str, Any], *, phase: str) -> GeneratedFile:
    """One file from one template.

    Raises:
        CompileError: As in `render`.
    """
    template = _template(source)
    text = "".join(template.root_render_func(template.new_context(context, shared=True)))  # `render` would copy it, and add globals
    return GeneratedFile(path, _formatted(path, text) if path.endswith(".py") else text, phase)


@lru_cache(maxsize=1024)
def _formatted(path: str, text: str) -> str:
    """What a revision leaves alone, and what all projects share, is put in form once: that takes half the time of compiling."""
    try:
        return ruff_api.format_string(path, tidy_imports(path, text), options=_FORMAT)
    except ruff_api.RuffError as error:
        raise CompileError(f"{path} is no Python: {error}") from error


class _Templates(Environment):
    """Templates that look at attributes, and at nothing else."""

    getattr = staticmethod(getattr)  # pyright: ignore[reportAssignmentType] - Jinja's own tries keys too, in Python, thousands of times


@cache
def _environment() -> Environment:
    return _Templates(
        loader=PackageLoader("apiwright.compiler"),
        bytecode_cache=CompiledTemplates(cache_root() / "templates"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _template(source: str) -> Template:
    return _environment().get_template(source)
