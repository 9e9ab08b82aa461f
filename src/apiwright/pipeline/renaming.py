"""The words of a project when its entities and fields go by other names: what the generator writes, and so what users write beside it."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from apiwright.blueprint import Blueprint, Entity
from apiwright.blueprint.changes import Change
from apiwright.compiler.migrations.lineage import lineage_of
from apiwright.filetree import MergedText, TextMerge
from apiwright.kit.casing import kebab, pascal, sentence, snake
from apiwright.kit.inflection import plural
from apiwright.pipeline.extensions import former_names


def following_renames(old: Blueprint, new: Blueprint, changes: Sequence[Change], merge_text: TextMerge) -> TextMerge:
    """A merge that takes new names into account.

    Renaming an entity touches nearly every line of its files, and so would every edit be a conflict. Where the former text and the
    user's are merged with the new names in them already, what remains is what the user did. It counts only when it is clean.
    """
    pairs = dict(_pairs(old, new, changes))
    if not pairs:
        return merge_text
    renamed = _substitution(pairs)

    def merge(base: str, ours: str, theirs: str) -> MergedText:
        followed = merge_text(renamed(base), renamed(ours), theirs)
        if not followed.clean and _code(renamed(base)) == _code(theirs):
            return MergedText(renamed(ours), clean=True)  # the generator changed names, and words that keep the old ones
        return followed if followed.clean else merge_text(base, ours, theirs)

    return merge


def _code(text: str) -> str:
    """What a module does, whatever its docstrings say; its text where it does not parse."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def _pairs(old: Blueprint, new: Blueprint, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    lineage = lineage_of(old, changes)
    for name, former in lineage.entities.items():
        before, after = old.entity(former), new.entity(name)
        if before is not None and after is not None:
            yield from ((was, now) for was, now in zip(_words(before), _words(after), strict=True) if was != now)
    yield from ((was, now) for (_, now), was in lineage.members.items() if was != now)
    yield from ((was, now) for (_, now), was in former_names(changes).items() if was != now)


def _words(entity: Entity) -> tuple[str, ...]:
    """Every way in which a project spells an entity."""
    many = entity.plural or plural(entity.name)
    spelt = [spell(name) for name in (entity.name, many) for spell in (snake, kebab, sentence, pascal)]
    return (entity.name, many, *spelt, snake(entity.name).upper(), snake(many).upper())


def _substitution(pairs: dict[str, str]) -> Callable[[str], str]:
    """Replaces whole words, within names of several words too: `todo` in `todo_id` and `TodoRead`, not in `todoist`."""
    spelt = "|".join(re.escape(word) for word in sorted(pairs, key=lambda word: (-len(word), word)))
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{spelt})(?![a-z0-9])")
    return lambda text: pattern.sub(lambda found: pairs[found[0]], text)
