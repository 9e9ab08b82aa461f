"""Imports of rendered modules: a template lists all that it may need; what the module does not use is dropped here, the rest sorted.

Sorted as ruff's isort rules have it (sections, `import` before `from`, constants before classes before the rest). Done here and not by
its sorter because that takes longer than rendering the module.
"""

import re
import sys
from collections.abc import Iterable, Iterator

_BLOCK = re.compile(r"(?:(?:from \S+ import (?:\([^)]*\)|[^\n(]+)|import [^\n]+)\n\s*)+")
_STATEMENT = re.compile(r"from (?P<origin>\S+) import (?:\((?P<many>[^)]*)\)|(?P<few>[^\n(]+))\n|import (?P<module>[^\n]+)\n")
_START = re.compile(r"^(?:from|import) ", re.MULTILINE)
_TEXT = re.compile(r'"(?:""(?:\\.|[^\\])*?"""|(?:\\.|[^"\\\n])*")|#[^\n]*', re.DOTALL)
_BETWEEN = re.compile(r"[^\w.]+")
_WORDS = re.compile(r"[A-Za-z_]\w*")
_DIGITS = re.compile(r"(\d+)")
_OWN = frozenset({"app", "tests"})

SortKey = tuple[object, ...]


def tidy_imports(path: str, text: str) -> str:
    """`text` with its imports at the top sorted, and without those that are not used.

    Only the one block of imports that follows the docstring is looked at. What a package's `__init__` imports, it exports.
    """
    start = _START.search(text)
    block = _BLOCK.match(text, start.start()) if start else None
    if block is None:
        return text
    body = text[block.end() :]
    used = None if path.endswith("/__init__.py") else _names_used(body)
    return f"{text[: block.start()]}{_sorted(_needed(block[0], used))}\n{body}"


def _names_used(body: str) -> set[str]:
    """Names that a module refers to; what stands in texts and comments does not count, but for formatted texts."""
    plain = _TEXT.sub(_words_of_format, body)
    return {word.partition(".")[0] for word in set(_BETWEEN.split(plain))}


def _words_of_format(text: re.Match[str]) -> str:
    formatted = text.string[text.start() - 1] == "f"
    return f" {' '.join(_WORDS.findall(text[0]))} " if formatted else " "


def _needed(block: str, used: set[str] | None) -> Iterator[tuple[str, str]]:
    """Each imported name with where it comes from; a whole module comes from nowhere."""
    for statement in _STATEMENT.finditer(block):
        if statement["module"]:
            names, origin = [statement["module"]], ""
        else:
            names, origin = (statement["many"] or statement["few"]).split(","), statement["origin"]
        for name in filter(None, (name.strip() for name in names)):
            local = name.rpartition(" as ")[2] if " as " in name or origin else name.partition(".")[0]
            if used is None or local in used:
                yield origin, name


def _sorted(imports: Iterable[tuple[str, str]]) -> str:
    statements: dict[tuple[str, str], list[str]] = {}
    for origin, name in dict.fromkeys(imports):
        alone = name if " as " in name or not origin else ""
        statements.setdefault((origin, alone), []).append(name)
    lines: dict[int, list[tuple[SortKey, str]]] = {0: [], 1: [], 2: []}
    for (origin, _), names in statements.items():
        names.sort(key=_member_key)
        module = origin or names[0].partition(" as ")[0]
        line = f"from {origin} import {', '.join(names)}" if origin else f"import {names[0]}"
        lines[_section(module)].append(((bool(origin), *_natural(module), _member_key(names[0])), line))
    return "\n".join("".join(f"{line}\n" for _, line in sorted(section)) for section in lines.values() if section)


def _section(module: str) -> int:
    """0 for the standard library, 1 for packages, 2 for the project's own modules."""
    root = module.partition(".")[0]
    return 2 if root in _OWN else 0 if root in sys.stdlib_module_names else 1


def _member_key(name: str) -> SortKey:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return (kind, *_natural(name))


def _natural(name: str) -> SortKey:
    """Digits count as the number they are; each part says what it is, so that numbers and text compare."""
    if name.isalpha():
        return (((1, name.lower()),), name)
    parts = _DIGITS.split(name.lower())
    return (tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts if part), name)
