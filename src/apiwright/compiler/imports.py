"""Imports of rendered modules: a template lists all that it may need; what the module does not use is dropped here, the rest sorted.

Sorted as ruff's isort rules have it (sections, `import` before `from`, constants before classes before the rest). Done here and not by
its sorter because that takes longer than rendering the module.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache

_BLOCK = re.compile(r"(?:(?:from \S+ import (?:\([^)]*\)|[^\n(]+)|import [^\n]+)\n\s*)+")
_STATEMENT = re.compile(r"from (?P<origin>\S+) import (?:\((?P<many>[^)]*)\)|(?P<few>[^\n(]+))\n|import (?P<module>[^\n]+)\n")
_START = re.compile(r"^(?:from|import) ", re.MULTILINE)
_TEXT = re.compile(r'"(?:""(?:\\.|[^\\])*?"""|(?:\\.|[^"\\\n])*")|#[^\n]*', re.DOTALL)
_BETWEEN = re.compile(r"[^\w.]+")
_WORDS = re.compile(r"[A-Za-z_]\w*")
_KEYWORD = re.compile(r"\b[A-Za-z_]\w*=(?!=)")
_PLACEHOLDER = re.compile(r"\{([^{}]*)")
_DIGITS = re.compile(r"(\d+)")
_INSIDE = re.compile(r"\w")
_STARTS, _ENDS = frozenset(" \n([{,:|*-+/~=@"), frozenset(" \n()[]{},:.|")
_UNCLEAR = frozenset("'#\\")
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
    body, imported = text[block.end() :], list(_imported(block[0]))
    if not path.endswith("/__init__.py"):
        used = _used({local for _, _, local in imported}, body)
        imported = [item for item in imported if item[2] in used]
    return f"{text[: block.start()]}{_sorted((origin, name) for origin, name, _ in imported)}\n{body}"


def _used(names: set[str], body: str) -> set[str]:
    """Those of `names` that a module refers to. Where a look at their places does not tell, the module is taken apart."""
    told = {name: _stands_plainly(name, body) for name in names}
    used = {name for name, plain in told.items() if plain}
    unclear = {name for name, plain in told.items() if plain is None}
    return used | (unclear & _names_used(body)) if unclear else used


def _stands_plainly(name: str, body: str) -> bool | None:
    """Whether the module refers to the name; None when all places where it could do so may be within a text."""
    unclear = False
    at = body.find(name)
    while at >= 0:
        end = at + len(name)
        first, last = body[at - 1], body[end : end + 1]
        if last in _ENDS and first in _STARTS:
            before = body[body.rfind("\n", 0, at) + 1 : at]
            if before.count('"') % 2 == 0 and not _UNCLEAR.intersection(before) and body.count('"""', 0, at) % 2 == 0:
                return True
            unclear = True
        elif not (_INSIDE.match(first) or _INSIDE.match(last) or first == "." or (last == "=" and body[end : end + 2] != "==")):
            unclear = True
        at = body.find(name, end)
    return None if unclear else False


def _names_used(body: str) -> set[str]:
    """Names that a module refers to; what stands in texts and comments does not count, but for formatted texts."""
    plain = _KEYWORD.sub(" ", _TEXT.sub(_words_of_format, body))
    return {word.partition(".")[0] for word in set(_BETWEEN.split(plain))}


def _words_of_format(text: re.Match[str]) -> str:
    formatted = text.string[text.start() - 1] == "f"
    return f" {' '.join(_WORDS.findall(' '.join(_PLACEHOLDER.findall(text[0]))))} " if formatted else " "


def _imported(block: str) -> Iterator[tuple[str, str, str]]:
    """Of each imported name where it comes from (a whole module comes from nowhere), how it is imported, and what it is called here."""
    for statement in _STATEMENT.finditer(block):
        yield from _names_of(*statement.groups(default=""))


@lru_cache(maxsize=1024)
def _names_of(origin: str, many: str, few: str, module: str) -> list[tuple[str, str, str]]:
    names = [module] if module else (many or few).split(",")
    return [
        (origin, name, name.rpartition(" as ")[2] if " as " in name or origin else name.partition(".")[0])
        for name in filter(None, (name.strip() for name in names))
    ]


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


@lru_cache(maxsize=1024)
def _section(module: str) -> int:
    """0 for the standard library, 1 for packages, 2 for the project's own modules."""
    root = module.partition(".")[0]
    return 2 if root in _OWN else 0 if root in sys.stdlib_module_names else 1


@lru_cache(maxsize=4096)
def _member_key(name: str) -> SortKey:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return (kind, *_natural(name))


@lru_cache(maxsize=4096)
def _natural(name: str) -> SortKey:
    """Digits count as the number they are; each part says what it is, so that numbers and text compare."""
    if name.isalpha():
        return (((1, name.lower()),), name)
    parts = _DIGITS.split(name.lower())
    return (tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts if part), name)
