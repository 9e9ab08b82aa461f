"""Items of a sentence -> statements: who does what to what.

`Customers can place orders and pay for them` gives (customer, place, order) and (customer, pay, ...). Passive forms are turned round.
"""

from msgspec import Struct, field

from apiwright.planner.embedded.antecedents import acted_on, follows_pronoun, in_number, is_one_of, is_them
from apiwright.planner.embedded.phrases import Item, Mark, Phrase
from apiwright.planner.embedded.words import lexicon

_LIMITING = frozenset({"least", "most", "max", "maximum", "minimum", "between", "and", "limited", "exactly"})
_RELATIVE = frozenset({"that", "which", "who", "where"})
_ACTED_ON = frozenset({"that", "which", "whom"})
_JOINING = frozenset(",C/")
_GIVING = frozenset(
    {"give", "award", "grant", "assign", "hand", "allocate", "send", "sell", "offer", "lend", "rent", "loan", "teach", "bring", "show"}
)


class Statement(Struct):
    """A subject, verbs and what they act on.

    Attributes:
        verbs: Bases, in order; `have` and `be` included.
        objects: What follows the verbs, coordinated by commas, `and`, `or`.
        links: Preposition and phrase, in order.
        modal: Whether it tells what may be done (`can`, `should`, `to`).
        passive: Whether `objects` held the grammatical subject (`orders can be cancelled by customers`).
    """

    subject: Phrase | None
    verbs: list[str]
    objects: list[Phrase] = field(default_factory=list[Phrase])
    links: list[tuple[str, Phrase]] = field(default_factory=list[tuple[str, Phrase]])
    modal: bool = False
    negated: bool = False
    passive: bool = False
    start: int = 0
    end: int = 0
    object_quantity: str = ""


def statements_of(items: list[Item], topic: Phrase | None = None) -> list[Statement]:
    """The statements of a sentence, in order. `topic` is what `it` and `they` mean where the sentence itself names nothing before them."""
    found: list[Statement] = []
    subject: Phrase | None = None
    last: Phrase | None = None
    at = 0
    modal = negated = False
    while at < len(items):
        item = items[at]
        if isinstance(item, Phrase):
            last, at = item, at + 1
            continue
        if item.tag in "MT":
            modal = True
        if item.tag == "X" or item.low in {"cannot", "can't", "don't", "doesn't", "won't", "shouldn't", "mustn't"}:
            negated = True
        if item.tag in {".", ";", "!", "?"}:
            subject = last = None
            modal = negated = False
        if not _is_verb(items, at):
            at += 1
            continue
        told = _subject(items, at, last, subject)
        subject = topic if told is None and last is None and follows_pronoun(items, at) else told
        begin = at
        statement, at = _statement(items, at, subject, modal=modal, negated=negated)
        if not statement.objects and (meant := _antecedent(items, statement)) is not None:
            statement.objects = [meant]
        if not statement.objects and not statement.links and (those := acted_on(items, begin)) is not None:
            statement.objects = [those]
        if not statement.objects and is_them(items, at):
            at = _links(items, at + 1, statement)
            statement.objects = [phrase for phrase in _meant(found, last) if phrase is not statement.subject]
        found.append(statement)
        last = statement.objects[-1] if statement.objects else last
        negated = False
    return found


def _antecedent(items: list[Item], statement: Statement) -> Phrase | None:
    """What is acted on in a clause behind it: the ascents of `ascents that members log with a date`."""
    if statement.subject is None or not statement.verbs or statement.passive or statement.verbs[-1] in {"be", "have"}:
        return None
    at = next((at for at, item in enumerate(items) if item is statement.subject), 0)
    told = bool(statement.subject.determiners & _ACTED_ON)  # `that` goes for a determiner before a noun
    joint = items[at - 1] if at > 0 else None
    meant = joint if told else items[at - 2] if at > 1 and isinstance(joint, Mark) and joint.low in _ACTED_ON else None
    return meant if isinstance(meant, Phrase) else None


def _meant(before: list[Statement], last: Phrase | None) -> list[Phrase]:
    """What `them` means: the object of the statement before."""
    told = next((statement.objects[-1] for statement in reversed(before) if statement.objects), last)
    return [told] if told is not None else []


def fragment_of(items: list[Item]) -> list[Statement]:
    """What an entry without a verb names: `products with sku and price` as a statement of no verb."""
    first = next((item for item in items if isinstance(item, Phrase)), None)
    if first is None:
        return []
    statement = Statement(subject=None, verbs=[], start=first.start)
    at = _objects(items, items.index(first), statement)
    _links(items, at, statement)
    statement.end = max(phrase.end for phrase in [first, *statement.objects, *(phrase for _, phrase in statement.links)])
    return [statement] if statement.objects else []


def _is_verb(items: list[Item], at: int) -> bool:
    item = items[at]
    if not isinstance(item, Mark):
        return False
    if item.tag in "VGH":
        return True
    return item.tag == "B"


def _subject(items: list[Item], at: int, last: Phrase | None, subject: Phrase | None) -> Phrase | None:
    """The phrase right before the verb; after `and`, a comma or `to` the subject of the verb before goes on."""
    back = at - 1
    while back >= 0 and isinstance(items[back], Mark) and items[back].tag in "AMXB":  # type: ignore[union-attr]
        back -= 1
    if back < 0:
        return None
    before = items[back]
    if isinstance(before, Phrase):
        return in_number(items, at, back) or before
    if before.low in _RELATIVE:
        return last
    if before.tag == "T":
        # `allows customers to order`: whoever stands right before `to` acts.
        back -= 1
        while back >= 0 and isinstance(items[back], Mark) and items[back].tag in "AMXBJ":  # type: ignore[union-attr]
            back -= 1
        earlier = items[back] if back >= 0 else None
        return earlier if isinstance(earlier, Phrase) else subject
    if before.low in {"they", "it", "he", "she"}:
        return subject or last
    return subject


def _statement(items: list[Item], at: int, subject: Phrase | None, *, modal: bool, negated: bool) -> tuple[Statement, int]:
    words = lexicon()
    first = items[at]
    assert isinstance(first, Mark)  # noqa: S101 - the caller looked
    verbs: list[str] = []
    passive = False
    start, end = first.token.start, first.token.end
    while at < len(items):
        item = items[at]
        if isinstance(item, Phrase):
            break
        if item.tag in "VGHB":
            verbs.append({"H": "have", "B": "be"}.get(item.tag) or words.base(item.low) or item.low)
        elif item.tag == "E":
            verbs.append(words.base(item.low) or item.low)
            passive = passive or "be" in verbs
        elif item.tag == "X":
            negated = True
        elif not (item.tag in _JOINING and _verb_soon(items, at)) and item.tag not in "AMT":
            break
        end = item.token.end
        at += 1
    statement = Statement(subject=subject, verbs=verbs, modal=modal, negated=negated, passive=passive, start=start)
    begin, at = at, _objects(items, at, statement)
    given = _given(items, begin, statement)
    at = _links(items, at, statement)
    if given is not None:
        statement.links.insert(0, ("to", given))
    statement.end = max([end, *(phrase.end for phrase in statement.objects), *(phrase.end for _, phrase in statement.links)])
    if passive and subject is not None and not statement.objects:
        statement.objects = [subject]
        statement.subject = next((phrase for word, phrase in statement.links if word == "by"), None)
    return statement, at


def _given(items: list[Item], at: int, statement: Statement) -> Phrase | None:
    """Takes who is given something out of the objects: the plan of `gives the plan a name and a season`."""
    if len(statement.objects) < 2 or statement.verbs[-1] not in _GIVING:
        return None
    first = next(here for here in range(at, len(items)) if items[here] is statement.objects[0])
    often = statement.objects[1].determiners & {"every", "each"}  # `send a reading every minute`
    return statement.objects.pop(0) if items[first + 1] is statement.objects[1] and not often else None


def _verb_soon(items: list[Item], at: int) -> bool:
    for item in items[at + 1 : at + 4]:
        if isinstance(item, Phrase):
            return False
        if item.tag in "VGE":
            return True
        if item.tag not in "AC,MTX/":
            return False
    return False


def _objects(items: list[Item], at: int, statement: Statement) -> int:
    """Collects phrases joined by commas and conjunctions, as long as no verb takes one of them for its subject."""
    while at < len(items):
        item = items[at]
        if statement.objects and (after := _limit_end(items, at)) > at:
            at = after
        elif isinstance(item, Phrase):
            if (statement.objects or _is_apart(items, at)) and _starts_clause(items, at):
                break
            statement.objects.append(item)
            at += 1
        elif (
            (item.tag in ",C/\"'“”\u2018\u2019:" and _phrase_soon(items, at) and not _names_activity(items, at))
            or item.tag in "D#A"
            or (item.tag in "ER" and not statement.objects and item.low not in _RELATIVE and not is_them(items, at))
        ):
            at += 1
        else:
            break
    return at


def _names_activity(items: list[Item], at: int) -> bool:
    """Whether a comma ends an entry of one word, which takes nothing behind it: the bidding of `listings, bidding, watchlists`."""
    doing, before = (items[at - 1], items[at - 2]) if at > 1 else (None, None)
    alone = isinstance(doing, Mark) and doing.tag == "G" and isinstance(before, Mark) and before.tag == ","
    following = items[at + 1] if at + 1 < len(items) else None
    return alone and items[at].tag == "," and isinstance(following, Phrase)  # type: ignore[union-attr]


def _limit_end(items: list[Item], at: int) -> int:
    """Where a limit ends that stands in a list: `of up to 200 characters`, `from 1 to 5`; `at` when none begins."""
    end = at
    numbered = False
    while end < min(at + 9, len(items)):
        item = items[end]
        if isinstance(item, Phrase):
            if not any(word.isdigit() for word in item.determiners):
                break
            numbered = True
        elif item.tag == "#":
            numbered = numbered or item.low.isdigit()
        elif ((item.tag not in "PAJ" and item.low not in _LIMITING) or (item.low == "and" and not numbered)) or item.low in {"with", "for"}:
            break
        end += 1
    return end if numbered and end > at and isinstance(items[at], Mark) and items[at].tag == "P" else at  # type: ignore[union-attr]


def _starts_clause(items: list[Item], at: int) -> bool:
    following = items[at + 1] if at + 1 < len(items) else None
    return isinstance(following, Mark) and following.tag in "MBVH"


def _is_apart(items: list[Item], at: int) -> bool:
    """Whether a comma stands right before: nothing is enrolled in `students enroll, instructors teach`."""
    before = items[at - 1] if at else None
    return isinstance(before, Mark) and before.tag in ",C"


def _phrase_soon(items: list[Item], at: int) -> bool:
    for item in items[at + 1 : at + 4]:
        if isinstance(item, Phrase):
            return True
        if item.tag not in ",C/D#A\"'“”\u2018\u2019":
            return False
    return False


def _listing_soon(items: list[Item], at: int) -> bool:
    """`records are kept, with date and cost`: a list may stand behind a comma."""
    following = items[at + 1] if at + 1 < len(items) else None
    return isinstance(following, Mark) and following.low in {"with", "including", "such-as"}


def _links(items: list[Item], at: int, statement: Statement) -> int:
    while at < len(items):
        item = items[at]
        if isinstance(item, Mark) and item.tag == "A":
            at += 1
            continue
        if isinstance(item, Mark) and item.tag == "," and _listing_soon(items, at):
            at += 1
            continue
        if not (isinstance(item, Mark) and item.tag == "P"):
            break
        word = item.low
        inner = Statement(subject=None, verbs=[])
        picked = at + 2 < len(items) and is_one_of(items[at + 1], items[at + 2])
        after = _objects(items, at + 3 if picked else at + 1, inner)
        if not inner.objects:
            if at + 1 < len(items) and isinstance(items[at + 1], Mark) and items[at + 1].tag == "P":  # type: ignore[union-attr]
                at += 1
                continue
            break
        statement.links += [(word, phrase) for phrase in inner.objects]
        at = after
    return at
