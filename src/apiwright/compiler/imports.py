"""Imports of rendered modules: a template lists all that it may need, and what the module does not use is dropped here."""

import re

import ruff_api

_IMPORT = re.compile(r"(?:from \S+ import \([^)]*\)|from \S+ import [^\n(]+|import [^\n]+)\n")
_BLANK = re.compile(r"\n*")
_TOKEN = re.compile(
    r'(?P<text>[rb]?"""(?:\\.|[^\\])*?"""|[rb]?"(?:\\.|[^"\\\n])*")|(?P<format>f"(?:\\.|[^"\\\n])*")|#[^\n]*|(?<![\w.])(?P<name>[A-Za-z_]\w*)',
    re.DOTALL,
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_OPTIONS = ruff_api.SortOptions(first_party_modules=["app", "tests"])


def tidy_imports(path: str, text: str) -> str:
    """`text` with its imports at the top sorted, and without those that are not used.

    Only the one block of imports that follows the docstring is looked at.
    """
    start = _first_import(text)
    if start is None:
        return text
    if path.endswith("/__init__.py"):  # what a package imports, it exports
        return ruff_api.isort_string(path, text, options=_OPTIONS)
    lines: list[str] = []
    end = start
    while match := _IMPORT.match(text, end):
        lines.append(match[0])
        blank = _BLANK.match(text, match.end())
        end = blank.end() if blank else match.end()
    used = _names_used(text[end:])
    kept = "".join(filter(None, (_kept(line, used) for line in lines)))
    return ruff_api.isort_string(path, f"{text[:start]}{kept}\n\n{text[end:]}", options=_OPTIONS)


def _first_import(text: str) -> int | None:
    match = re.search(r"^(?:from|import) ", text, re.MULTILINE)
    return match.start() if match else None


def _names_used(body: str) -> set[str]:
    used: set[str] = set()
    for match in _TOKEN.finditer(body):
        if match["name"]:
            used.add(match["name"])
        elif match["format"]:
            used.update(name for part in _PLACEHOLDER.findall(match["format"]) for name in _NAME.findall(part))
    return used


def _kept(line: str, used: set[str]) -> str:
    """The import without the names that are not used; empty when none is."""
    if line.startswith("import "):
        module, _, alias = line.removeprefix("import ").strip().partition(" as ")
        return line if (alias or module.partition(".")[0]) in used else ""
    head, _, rest = line.partition(" import ")
    names = [name.strip() for name in rest.strip().strip("()").split(",")]
    kept = [name for name in names if name and name.rpartition(" as ")[2] in used]
    return f"{head} import {', '.join(kept)}\n" if kept else ""
