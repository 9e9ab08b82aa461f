"""What domains know: entities with their usual members, and which of them a domain implies. Read from `catalogue/*.txt`.

A file has two kinds of paragraph, and indented lines belong to what stands above them:

    domain online shop, webshop                     words by which a prompt names the domain
      = Product Order                               what it implies
      & Refund                                      what it may speak of, and means when it says `return`

    Order (purchase order, sales order): public     name, other names for it, flags
      status{pending,paid} total>=0                 fields: name ! required * unique :type {values} >=min <=max <length =default
      > customer:Customer! @owner tags:*Tag         relations: ! required, !! part of it (deleted with it), ? cleared with it, * many to
                                                    many, = one to one; @name leads to the account that owns the row
      + OrderItem                                   what comes with it
      ~ pay status pending>paid paid_at             transitions: name field sources>target stamp

Flags: public (anybody may read), shared (many rows use it: tags), part (lives within another), person, account, pair (made by a pair
action), weak (an everyday word: it needs more than a mention).
"""

from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

_FOLDER = Path(__file__).parent / "catalogue"
_SIGNS = ">+~"
_LIKENESS = ("clone of", "app like", "application like", "site like", "website like", "platform like", "something like", "similar to")


class Entry(Struct, eq=False, dict=True):
    """An entity of the catalogue; its lines are kept as text until somebody asks (see `members`): few of them are ever read."""

    name: str
    flags: frozenset[str] = frozenset()
    text: str = ""

    @cached_property
    def fields(self) -> str:
        """What the lines without a sign list."""
        return " ".join(line for line in self.text.splitlines() if line[0] not in _SIGNS)

    @cached_property
    def relations(self) -> str:
        """What is tied to it, or it to others."""
        return " ".join(self._signed(">"))

    @cached_property
    def companions(self) -> tuple[str, ...]:
        """The entries that come with it."""
        return tuple(" ".join(self._signed("+")).split())

    @cached_property
    def transitions(self) -> list[str]:
        """What moves its state."""
        return self._signed("~")

    def _signed(self, sign: str) -> list[str]:
        return [line[1:].strip() for line in self.text.splitlines() if line[0] == sign]


class Domain(Struct):
    """A kind of application. `cues` are the words that name it, `entities` the names of entries."""

    cues: tuple[str, ...]
    entities: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()


class Catalogue(Struct):
    """Entries by name, by the words that name them (`order line` -> OrderItem), and the domains in order."""

    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    names: dict[str, list[Entry]] = field(default_factory=dict[str, list[Entry]])
    domains: list[Domain] = field(default_factory=list[Domain])
    cues: dict[str, list[tuple[str, Domain]]] = field(default_factory=dict[str, list[tuple[str, Domain]]])

    def named(self, words: str, preferred: frozenset[str] = frozenset()) -> Entry | None:
        """The entry that singular lower-case words name; one of `preferred` where several do."""
        found = self.names.get(words)
        if not found:
            return None
        return next((entry for entry in found if entry.name in preferred), found[0])


@cache
def catalogue() -> Catalogue:
    """The whole catalogue, read on first use (a few milliseconds)."""
    read = Catalogue()
    for path in sorted(_FOLDER.glob("*.txt")):
        _read(path.read_text("utf-8"), read)
    for domain in read.domains:
        for cue in chain.from_iterable(map(_in_other_words, domain.cues)):
            read.cues.setdefault(cue.replace("-", " ").partition(" ")[0], []).append((cue, domain))
    return read


def _in_other_words(cue: str) -> list[str]:
    """`twitter clone` is `a clone of Twitter`, and `an app like Twitter`, too."""
    name = cue.removesuffix(" clone")
    return [cue] if name == cue else [cue, *(f"{words} {name}" for words in _LIKENESS)]


def _read(text: str, into: Catalogue) -> None:
    above: Entry | Domain | None = None
    for line in text.split("\n"):
        first = line[:1]
        if first == " ":
            words = line.strip()
            if isinstance(above, Entry):
                above.text += words + "\n"
            elif above is not None:
                names = tuple(words[1:].split())
                above.vocabulary += names
                if words[0] == "=":
                    above.entities += names
        elif line.startswith("domain "):
            above = Domain(cues=tuple(cue.strip() for cue in line[7:].split(",")))
            into.domains.append(above)
        elif first and first != "#":
            above = _entry(line, into)


def _entry(line: str, into: Catalogue) -> Entry:
    name, aliases, flags = _head(line)
    if not (name.isalnum() and name[0].isupper()):
        raise ValueError(f"not an entry of the catalogue: {line}")
    entry = into.entries.get(name)
    if entry is None:
        entry = into.entries[name] = Entry(name=name)
    if flags:
        entry.flags |= frozenset(flags.split())
    own = name.lower() if name[1:].islower() else "".join(f" {char.lower()}" if char.isupper() else char for char in name).lstrip()
    known = into.names.setdefault(own, [])
    if entry not in known:
        known.insert(0, entry)
    for alias in aliases.split(",") if aliases else ():
        known = into.names.setdefault(alias.strip().replace("-", " "), [])
        if entry not in known:
            known.append(entry)
    return entry


def _head(line: str) -> tuple[str, str, str]:
    """The name, the other names and the flags of an entry."""
    name, bracket, rest = line.partition(" (")
    if not bracket:
        name, _, flags = line.partition(":")
        return name.strip(), "", flags
    aliases, _, flags = rest.partition(")")
    return name, aliases, flags.lstrip(":")
