"""ProjectModel -> FileTree: templates filled in, imports tidied, every Python module parsed and formatted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

import ruff_api
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from msgspec import Struct

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


class Sheet(Struct, frozen=True):
    """One file to be: the template that makes it, where it goes, what the template sees, and the phase of the `code` stage."""

    source: str
    path: str
    context: dict[str, Any]
    phase: str


Spread = Callable[[Callable[[Sheet], str], Sequence[Sheet]], Iterable[str]]
"""How texts are made of sheets: as `map` does, which makes one after the other, or as something that is faster."""


def render(project: ProjectModel, spread: Spread = map) -> FileTree:
    """Every file of the project.

    Raises:
        CompileError: A template printed text that is not `Code`, or made a module that does not parse.
    """
    sheets = list(_sheets(project))
    texts = spread(text_of, sheets)
    return FileTree(GeneratedFile(sheet.path, text, sheet.phase) for sheet, text in zip(sheets, texts, strict=True))


def render_file(source: str, path: str, context: dict[str, Any], *, phase: str) -> GeneratedFile:
    """One file from one template.

    Raises:
        CompileError: As in `render`.
    """
    return GeneratedFile(path, text_of(Sheet(source, path, context, phase)), phase)


def finalize(value: object) -> object:
    """Let nothing be printed but `Code` and whole numbers.

    Raises:
        CompileError: Plain text, or anything else, was about to be printed.
    """
    if isinstance(value, Code) or type(value) is int:
        return value
    raise CompileError(f"a template prints {value!r}, which is not code")


def _sheets(project: ProjectModel) -> Iterator[Sheet]:
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
            yield Sheet(item.source, item.target, context, item.phase)
    for item in ENTITY:
        for entity, tests in zip(project.entities, suite.entities, strict=True):
            target = item.target(entity)
            if target is not None:
                yield Sheet(item.source, target, {**context, "entity": entity, "tests": tests}, f"entity:{entity.name}")
    for tests in suite.entities if project.uses.extensions else ():
        if tests.wiring is not None:
            yield from _extensions(tests.entity, {**context, "entity": tests.entity, "tests": tests, "wiring": tests.wiring})


def _extensions(entity: EntityModel, context: dict[str, Any]) -> Iterator[Sheet]:
    """What code of the project is to answer for: the modules of one entity, their tests, and those of the calls to them."""
    phase = f"entity:{entity.name}"
    for item in EXTENDED:
        if (target := item.target(entity)) is not None:
            yield Sheet(item.source, target, context, phase)
    for extension in entity.extensions:
        yield from _stubs(entity, extension)


def _stubs(entity: EntityModel, extension: ExtensionModel) -> Iterator[Sheet]:
    for item in EXTENSION:
        yield Sheet(item.source, item.target(extension), {"entity": entity, "extension": extension}, f"entity:{entity.name}")


def stubs_of(entity: EntityModel, extension: ExtensionModel) -> list[GeneratedFile]:
    """The module of an extension and its tests, as they are before somebody writes them."""
    return [GeneratedFile(sheet.path, text_of(sheet), sheet.phase) for sheet in _stubs(entity, extension)]


def text_of(sheet: Sheet) -> str:
    """The text of one file.

    Raises:
        CompileError: As in `render`.
    """
    template = _template(sheet.source)
    # `Template.render` would copy the context, and add globals
    text = "".join(template.root_render_func(template.new_context(sheet.context, shared=True)))
    return _formatted(sheet.path, text) if sheet.path.endswith(".py") else text


@lru_cache(maxsize=1024)
def _formatted(path: str, text: str) -> str:
    """What a revision leaves alone, and what all projects share, is put in form once: that takes half the time of compiling."""
    try:
        return ruff_api.format_string(path, tidy_imports(path, text), options=_FORMAT)
    except ruff_api.RuffError as error:
        raise CompileError(f"{path} is no Python: {error}") from error


def get_ready() -> None:
    """Load all templates: something to do for whoever waits for a blueprint."""
    for item in (*PROJECT, *ENTITY):
        _template(item.source)


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
