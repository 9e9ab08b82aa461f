"""What a request for changes is read against: the blueprint as it is by then, and its things by the words that name them."""

import re

from msgspec import Struct, field

from apiwright.blueprint import Blueprint, Entity, Field, Origin, Relation
from apiwright.blueprint.changes import (
    AddEntity,
    AddField,
    AddRelation,
    AlterField,
    AlterRelation,
    Change,
    RenameField,
    RenameRelation,
    apply,
)
from apiwright.kit.casing import pascal, sentence, snake, words_of
from apiwright.kit.inflection import plural, singular

_LEADING = re.compile(r"^(?:the|a|an|each|every|all|any|some|their|its|his|her|our|my|your|own|new|also|existing|of|these|those)\s+")
_TRAILING = re.compile(
    r"\s+(?:entity|entities|model|table|resource|field|column|attribute|property|relation|link|too|as well|anymore|any more)$"
)

_FUNCTION = frozenset({
    "to", "and", "or", "for", "with", "that", "which", "who", "from", "by", "on", "at", "if", "when", "but", "not", "no", "be", "is", "are", "as", "of", "in",
    "should", "must", "can", "may", "will", "have", "has", "need", "needs", "make", "add", "remove", "rename", "delete", "drop", "let", "only", "more",
    "it", "they", "them", "this", "so", "than", "then", "up", "per", "too", "all", "any", "each", "every", "some", "was", "were", "been", "do", "does", "except",
    "before", "after", "until", "unless", "without", "because", "nobody", "always", "never", "about", "into", "where", "while",
})  # fmt: skip
"""Words that no single thing is called by."""
_RULES = frozenset(
    {"required", "optional", "unique", "mandatory", "nullable", "indexed", "public", "private", "visible", "default", "flag"}
)
"""Words that say of what kind a thing is, and name none."""
_LINKING = frozenset({"linked", "related", "attached", "connected", "belonging", "called", "named", "starting", "instead", "such"})
"""Words that say something of what stands before them, and begin no name."""
_PRONOUNS = frozenset({"it", "this", "that", "they", "them", "these", "those"})
Mark = tuple[Blueprint, tuple[Change, ...], str, tuple[str, str]]


_UNITS = frozenset(
    {"at", "on", "date", "time", "minutes", "hours", "seconds", "days", "cents", "percent", "url", "mg", "kg", "grams", "text", "number"}
)
"""How a member's name may end without being said: `duration` means `duration_minutes`."""


class SettledError(Exception):
    """It is understood, and no change of a blueprint: no other reading is tried."""


class UnclearError(Exception):
    """The clause is understood, but what it speaks of is not there, or may be several things. The message says which."""


class AlreadyError(UnclearError):
    """What is to be added is there; beside others that are not, it needs no word."""


class Scene(Struct):
    """The blueprint so far, and the changes that led to it.

    Attributes:
        topic: The entity spoken of last: what `they` and `its` mean.
        heading: The entity that the sentence names at its head: `todos: add an estimate`.
        last: The entity and the member spoken of last: what `it` means.
        patience: How many more readings of a clause are tried.
    """

    blueprint: Blueprint
    prompt: str
    changes: list[Change] = field(default_factory=list[Change])
    topic: str = ""
    heading: str = ""
    last: tuple[str, str] = ("", "")
    patience: int = 0

    def make(self, *changes: Change) -> None:
        """Note changes, and go on from the blueprint that they make."""
        self.changes += changes
        self.blueprint = apply(self.blueprint, changes)
        for change in changes:
            match change:
                case AddField() | AddRelation():
                    self.last = change.entity, change.item.name
                case AlterField() | AlterRelation():
                    self.last = change.entity, change.after.name
                case RenameField() | RenameRelation():
                    self.last = change.entity, change.to
                case _:
                    pass

    def is_new(self, entity: Entity) -> bool:
        """Whether this very request adds it."""
        return any(isinstance(change, AddEntity) and change.entity.name == entity.name for change in self.changes)

    def mark(self) -> Mark:
        """Where it stands, to go back to."""
        return self.blueprint, tuple(self.changes), self.topic, self.last

    def back_to(self, mark: Mark) -> None:
        """Forget what was noted since."""
        self.blueprint, changes, self.topic, self.last = mark
        self.changes[:] = changes

    def origin(self, words: str) -> Origin:
        """The origin of what a request adds."""
        return Origin(kind="prompt", text=" ".join(words.split())[:500])

    def find_entity(self, words: str) -> Entity | None:
        """The entity that words name, in either number; `users` and the like also name the accounts."""
        noun = plain(words)
        if noun in _PRONOUNS:
            return self._meant()
        for entity in self.blueprint.entities:
            if noun in {*spoken(entity), sentence(plural(entity.name)), entity.name.lower()}:
                return entity
        one = singular(noun)
        found = next((entity for entity in self.blueprint.entities if singular(sentence(entity.name)) == one), None)
        if found is None and self.blueprint.auth is not None and one in {"user", "account", "people", "person", "member"}:
            return self.blueprint.entity(self.blueprint.auth.entity)
        if found is None:
            tails = [entity for entity in self.blueprint.entities if words_of(entity.name)[-1] == one]
            found = tails[0] if len(tails) == 1 else None
        if found is None:
            targets = {link.target for entity in self.blueprint.entities for link in entity.relations if sentence(link.name) in {noun, one}}
            found = self.blueprint.entity(targets.pop()) if len(targets) == 1 else None
        return found

    def _meant(self) -> Entity | None:
        """What a pronoun means: the entity spoken of last, or the only one."""
        found = self.blueprint.entity(self.topic) if self.topic else None
        return found or (self.blueprint.entities[0] if len(self.blueprint.entities) == 1 else None)

    def entity(self, words: str) -> Entity:
        """The entity that words name.

        Raises:
            UnclearError: There is none.
        """
        if (found := self.find_entity(words)) is None:
            if plain(words) in _PRONOUNS:
                raise UnclearError(f"It is not clear what {plain(words)!r} means.")
            if _FUNCTION & set(plain(words).split()):
                raise UnclearError("")
            known = ", ".join(entity.name for entity in self.blueprint.entities[:12])
            raise UnclearError(f"There is no {plain(words)!r}; there is {known}.")
        self.topic = found.name
        return found

    def members(self, words: str, within: Entity | None = None) -> list[tuple[Entity, Field | Relation]]:
        """Fields and relations that words name: `due date`, `author`, `title of posts`, `Post.title`, `post title`."""
        text = plain(words)
        if within is None and text in _PRONOUNS:
            entity = self.blueprint.entity(self.last[0])
            item = _member(entity, self.last[1]) if entity else None
            return [(entity, item)] if entity and item else []
        if within is None and re.match(r"(?:its|their)\s", words.strip(), re.IGNORECASE) and (entity := self._meant()):
            return self.members(text, entity)
        if within is None and (said := [(entity, item) for entity in self.blueprint.entities if (item := _member(entity, text))]):
            return said
        if "." in words and (parts := re.fullmatch(r"\s*(\w+)\.(\w+)\s*", words)):
            return self.members(parts[2], self.entity(parts[1]))
        if (
            within is None
            and (parts := re.fullmatch(r"(.+?)\s+(?:of|on|in|for|from)\s+(.+)", text))
            and (entity := self.find_entity(parts[2]))
        ):
            return self.members(parts[1], entity)
        if (
            within is None
            and (parts := re.fullmatch(r"(.+?)(?:'s|s'|\u2019s)\s+(.+)", words.strip()))
            and (entity := self.find_entity(parts[1]))
        ):
            return self.members(parts[2], entity)
        found = [(entity, item) for entity in ([within] if within else self.blueprint.entities) if (item := _member(entity, text))]
        if not found and within is None:
            for entity in self.blueprint.entities:
                rests = [text.removeprefix(f"{name} ") for name in spoken(entity) if text.startswith(f"{name} ")]
                found += [(entity, item) for rest in rests if (item := _member(entity, rest))]
        return found

    def member(self, words: str, within: Entity | None = None) -> tuple[Entity, Field | Relation]:
        """The one member that words name; where several entities have it, that of the entity spoken of last.

        Raises:
            UnclearError: There is none, or several.
        """
        found = self.members(words, within)
        if len(found) > 1:
            found = [pair for pair in found if pair[0].name == self.topic] or found
        if not found and plain(words) in _PRONOUNS:
            raise UnclearError(f"It is not clear what {plain(words)!r} means.")
        if not found and _FUNCTION & set(plain(words).split()):
            raise UnclearError("")
        if not found:
            place = f" in {within.name}" if within else ""
            raise UnclearError(f"There is no {plain(words)!r}{place}.")
        if len(found) > 1:
            places = " and ".join(entity.name for entity, _ in found)
            raise UnclearError(f"{places} both have {plain(words)!r}; say which, e.g. {plain(words)} of {sentence(found[0][0].name)}.")
        self.topic = found[0][0].name
        self.last = self.topic, found[0][1].name
        return found[0]

    def find_field(self, words: str, within: Entity | None = None) -> tuple[Entity, Field] | None:
        """The one field that words name, or None."""
        try:
            entity, item = self.member(words, within)
        except UnclearError:
            return None
        return (entity, item) if isinstance(item, Field) else None

    def field(self, words: str, within: Entity | None = None) -> tuple[Entity, Field]:
        """The one field that words name.

        Raises:
            UnclearError: There is none, or several, or it is a relation.
        """
        entity, item = self.member(words, within)
        if not isinstance(item, Field):
            raise UnclearError(f"{entity.name}.{item.name} is a link to {item.target}, not a field.")
        return entity, item

    def role(self, words: str) -> str | None:
        """The role that words name, in either number."""
        noun = snake(singular(plain(words)))
        return next((role.name for role in self.blueprint.roles if role.name in {noun, snake(plain(words))}), None)


def plain(words: str) -> str:
    """Words in lower case, without quotes, determiners, and nouns such as `field` behind them."""
    text = " ".join(re.sub("[\"'`*\u201c\u201d\u2018\u2019]+(?!s\\b)", "", words).split())
    text = sentence(text) if re.fullmatch(r"\w+", text) else text.lower()
    while (shorter := _TRAILING.sub("", _LEADING.sub("", text))) != text:
        text = shorter
    return text.strip(" ,.")


def spoken(entity: Entity) -> tuple[str, str]:
    """The entity's name in words, singular and plural."""
    return sentence(entity.name), sentence(entity.plural or plural(entity.name))


def entity_name(words: str) -> str:
    """`order line` -> `OrderLine`.

    Raises:
        UnclearError: It can be no name.
    """
    said = plain(words).split()
    name = pascal(singular("_".join(said)))
    if len(said) > 3 or (_FUNCTION | _RULES) & set(said):
        raise UnclearError(f"{words.strip()!r} does not read as the name of one thing.")
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,47}", name):
        raise UnclearError(f"{words.strip()!r} can be no name of an entity.")
    return name


def member_name(words: str) -> str:
    """`due date` -> `due_date`.

    Raises:
        UnclearError: It can be no name.
    """
    said = plain(words).split()
    name = snake("_".join(said))
    if len(said) > 4 or said[0] in _LINKING or _FUNCTION & set(said[:1] + said[1:-1]) - {"is", "has", "of", "in", "per"}:
        raise UnclearError(f"{words.strip()!r} does not read as the name of one thing.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 48:
        raise UnclearError(f"{words.strip()!r} can be no name of a field.")
    return name


def role_name(words: str) -> str:
    """`sales people` -> `sales_person`.

    Raises:
        UnclearError: It can be no name of a role.
    """
    said = plain(words).split()
    name = snake(singular("_".join(said)))
    if len(said) > 3 or _FUNCTION & set(said) or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 32 or name == "user":
        raise UnclearError(f"{words.strip()!r} can be no name of a role.")
    return {"administrator": "admin"}.get(name, name)


def _member(entity: Entity, text: str) -> Field | Relation | None:
    name = snake("_".join(re.sub(r"^(?:number|count|amount) of ", "", text).split() if " of " in text else text.split()))
    names = {snake("_".join(text.split())), name, name.removesuffix("_flag"), snake(singular(name)), snake(plural(name)), f"is_{name}"}
    exact = [item for item in (*entity.fields, *entity.relations) if item.name == name or item.name == name.removesuffix("_id")]
    near = [item for item in (*entity.fields, *entity.relations) if item.name in names]
    shortened = [item for item in entity.fields if item.name.rpartition("_")[0] == name and item.name.rpartition("_")[2] in _UNITS]
    return next(iter(exact or near or (shortened if len(shortened) == 1 else [])), None)
