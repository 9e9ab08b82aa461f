"""Words that may be verb or noun: what stands beside one decides which it is.

Tags are those of `tagging`; `~` is the tag of a word that is not decided yet, `^` and `$` stand for the beginning and the end.
"""

from functools import cache

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import attribute_names, is_attribute
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.words import Lexicon, lexicon, table, word_list

_SUBJECTS = frozenset({"i", "we", "you", "he", "she", "they", "who", "that", "which", "it", "everyone", "everybody", "anyone", "anybody"})
_COLLECTIVE = frozenset({"sales", "sports", "savings", "goods", "news", "operations", "details", "logistics", "analytics", "settings"})
_ENDS = frozenset({"start", "end", "begin", "finish"})
_DOES = frozenset({"pays", "sees", "gets", "gives", "sends", "takes", "makes", "chooses", "picks"})
_REPLYING = frozenset({"answers", "replies"})
_TELLING = _REPLYING | frozenset(
    {"returns", "lists", "shows", "updates", "records", "reports", "searches", "filters", "moves", "transfers", "counts", "uploads"}
)
_NOTING = frozenset({"record", "note", "log", "track", "store", "document", "list"})
_LETTING = frozenset({"let", "help", "make", "have"})
_CREWS = frozenset({"staff", "people", "crew", "personnel"})
_AFTER_VERB = frozenset("DJ#NRXGE")


@cache
def known_nouns() -> frozenset[str]:
    """Words that some list holds for a noun, in the singular."""
    from_names = {word for name in catalogue().names for word in name.split()}
    return frozenset(from_names | set(attribute_names()) | {singular(word) for word in lexicon().barren} | set(lexicon().nominal))


def resolve(at: int, tokens: list[Token], tags: list[str], words: Lexicon, *, chain: bool) -> str:
    """V, G, E or N for a form that the list of verbs holds."""
    low = tokens[at].low
    _, kind = words.verbs[low]
    if low in _ENDS and any(token.low.rstrip("s") in {"time", "date"} for token in tokens[at + 1 : at + 4]):
        return "N"
    noun = singular(low) in known_nouns() and low not in _DOES
    before = before_word(at, tags)
    after = _peek(at + 1, tokens, tags, words)
    if after == "M" and before not in "MTRX" and tokens[at + 1].low not in {"need", "needs", "want", "wants"} and singular(low) != low:
        return "N"
    if low == "like" and before not in "MTRX,C":
        return "V" if before == "^" and after in "DN" else "P"
    if kind == "ing":
        return _ing(at, tokens, tags, words, noun=noun)
    if (kind == "ed" and low != words.verbs[low][0]) or (low == "open" and before in "D#" and after == "N"):
        return "E"
    if (
        at + 1 < len(tokens)
        and kind == "base"
        and catalogue().named(f"{low} {singular(tokens[at + 1].low)}") is not None
        and before in ",CDJ^N"
    ):
        return "N"
    if before in "MTX" or (before == "R" and kind == "base" and _follows_subject(at, tokens, words)):
        return "V"
    if before in "DJ#S" or (before == "E" and at > 1 and tags[at - 2] in "DJ") or (before in ",C" and _is_entry(at, tokens, after)):
        return "N"
    if kind == "base" and (_acts(at, tokens, tags) or _acts_on_before(at, tokens, tags)):
        return "V"
    if kind == "s":
        return _third_person(at, tokens, tags, noun=noun, after=after)
    if not noun:
        listed = before in ",C" and after == "N" and not chain and "V" not in tags[:at] and "G" not in tags[:at]
        listed = listed and not _goes_on(at, tokens, tags) and not _makes(at, tokens, tags, words)
        tied = before == "P" and (tokens[at - 1].low != "to" or ties_to(tokens[at - 2].low, words))
        return "N" if listed or tied or _goes_with_noun(at, tokens, tags, words) else "V"
    return _ambiguous(at, tokens, tags, words, chain=chain)


def _follows_subject(at: int, tokens: list[Token], words: Lexicon) -> bool:
    """Whether a pronoun that acts stands right before: `they`, or the `them` of `lets them register sensors`."""
    return tokens[at - 1].low in _SUBJECTS or (at > 1 and words.base(tokens[at - 2].low) in _LETTING)


def ties_to(verb: str, words: Lexicon) -> bool:
    """Whether a thing stands behind this verb and `to`: `belongs to`, `linked to`."""
    return words.base(verb) in {"belong", "link", "attach", "connect", "relate"}


def _is_entry(at: int, tokens: list[Token], after: str) -> bool:
    """Whether a word is in a list of what is asked for: `build a tool with profiles, design galleries, interview scheduling`."""
    building = {lexicon().base(tokens[0].low), tokens[at].low} <= word_list("building")
    return _is_activity(at, tokens) or (after == "N" and building and any(token.low == "with" for token in tokens[:at]))


def _goes_with_noun(at: int, tokens: list[Token], tags: list[str], words: Lexicon) -> bool:
    """`manage print jobs`: what is managed begins with the word behind."""
    before = words.base(tokens[at - 1].low) if at > 0 and tags[at - 1] == "V" else None
    managed = words.verb_classes.get(before or "", frozenset[str]()) & {"create", "manage"}
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return bool(managed) and words.verbs[tokens[at].low][1] == "base" and is_plural(after) and singular(after) in known_nouns()


def _makes(at: int, tokens: list[Token], tags: list[str], words: Lexicon) -> bool:
    """Whether several things are made behind a list: `with meal plans, and generate shopping lists`, but not `name and reorder level`."""
    end = next((here for here in range(at + 1, len(tags)) if tags[here] not in "N~"), len(tags))
    return bool(words.verb_classes.get(tokens[at].low, frozenset()) & {"create", "manage"}) and is_plural(tokens[end - 1].low)


def _goes_on(at: int, tokens: list[Token], tags: list[str]) -> bool:
    """Whether a subject does more behind its list: `vets have visits: date, reason, and write treatment notes`."""
    if tokens[at - 1].low != "and" or not {"H", ":"} & set(tags[:at]):
        return False
    end = next((back for back in range(at + 1, len(tags)) if tags[back] != "N"), len(tags))
    return is_plural(tokens[end - 1].low) or (end < len(tags) and is_plural(tokens[end].low) and tags[end] == "~")


def _acts(at: int, tokens: list[Token], tags: list[str]) -> bool:
    """Whether a subject stands right before and what it acts by right after: `users log in with`, `members comment on posts`."""
    if at == 0 or at + 1 >= len(tokens) or tags[at - 1] != "N" or not is_plural(tokens[at - 1].low):
        return False
    opens = at == 1 or (at == 2 and tags[0] == "N") or tags[at - 2] in ".,;:DJ#CPR(-" or tokens[at - 2].low in {"-", "*"}
    return opens and tags[at + 1] == "P" and tokens[at + 1].low not in {"of", "per"} and tokens[at - 1].low not in _COLLECTIVE


def _is_activity(at: int, tokens: list[Token]) -> bool:
    """Whether an entry of a list is an activity: `job openings, interview scheduling, and offer letters`."""
    doing = at + 1 < len(tokens) and tokens[at + 1].low in word_list("activity")
    return doing and (at + 2 >= len(tokens) or tokens[at + 2].low in {",", "and", ".", ";", "or"})


def _acts_on_before(at: int, tokens: list[Token], tags: list[str]) -> bool:
    """Whether several act on what stands before them: `ascents that members log`."""
    several = at > 2 and tags[at - 1] == "N" and is_plural(tokens[at - 1].low)
    return (
        several and tokens[at - 2].low in {"that", "which"} and tags[at - 3] == "N" and (at + 1 == len(tokens) or tags[at + 1] in "P.,;CA")
    )


def _ambiguous(at: int, tokens: list[Token], tags: list[str], words: Lexicon, *, chain: bool) -> str:
    """V or N for a base form that is a noun as well."""
    before, after = before_word(at, tags), _peek(at + 1, tokens, tags, words)
    if chain and at and tokens[at - 1].low == "then" and after != "N":
        return "V"
    if before == "N" and after not in "$." and _people_begin(at - 1, tokens, tags, acted=after in "DJ#N"):
        return "V"
    if before in "^:":
        return _at_start(at, tokens, after, words)
    if before in ",C/":
        leading = next((back for back in range(at - 1, -1, -1) if tags[back] in "VMT"), None)
        parallel = leading is None or tags[leading] != "V" or words.verbs.get(tokens[leading].low, ("", "base"))[1] == "base"
        if not parallel or (after == "N" and words.barren.get(tokens[at + 1].low) == "abstract"):
            return "N"
        return "V" if chain and after in _AFTER_VERB | {"P", ",", "C", "/"} and continues_chain(at, tags) else "N"
    if before == "N" and is_plural(tokens[at - 1].low) and after in "DJ#N":
        return "V"
    return "N"


def _people_begin(at: int, tokens: list[Token], tags: list[str], *, acted: bool) -> bool:
    """Whether a clause begins with people in the plural: `members borrow books`, not `the users list`."""
    low = tokens[at].low
    if not (is_plural(low) or (low in _CREWS and acted)) or (at > 0 and tags[at - 1] not in ",:;.C"):
        return False
    word = singular(low)
    entry = catalogue().named(word)
    return word in word_list("kinds") or word in word_list("crowd") or (entry is not None and bool(entry.flags & {"person", "account"}))


def _ing(at: int, tokens: list[Token], tags: list[str], words: Lexicon, *, noun: bool) -> str:
    """`for booking rooms` does, `the booking` and `booking confirmation` name."""
    before, after = before_word(at, tags), _peek(at + 1, tokens, tags, words)
    doing = after in "DJ#R" or (after == "N" and is_plural(tokens[at + 1].low) and before in "P^,CM")
    if before == "N" and tokens[at - 1].low in {"people", "users", "someone", "those", "anyone"}:
        return "G"
    if tokens[at].low in words.nominal:
        listed = before in ",C" and "G" in tags[:at]
        return "G" if doing and (before in "P^" or listed) else "N"
    return "N" if noun and before in "DJNS" and after != "D" else "G"


def _third_person(at: int, tokens: list[Token], tags: list[str], *, noun: bool, after: str) -> str:
    before = before_word(at, tags)
    if tokens[at].low in _DOES and before != "D":
        return "V"
    if before in "NV," and after == "," and tokens[at - 1].low not in {"who", "that", "which"} and _lists_nouns(at, tokens):
        return "N"
    if not noun and (before == "C" and after in "$." and "," in tags[:at] and tags[at - 2] != "V"):
        return "N"
    if not noun:
        return "N" if before == "V" or (before == "," and _ends_list(at, tokens)) else "V"
    if (before == "^" and (after == "D" or (after in "#JN" and _commands(at, tokens)))) or (after == "R" and before in ",C"):
        return "V"
    if before == "N" and after == "P" and at > 1 and tokens[at - 2].low in {"a", "an", "each", "every"} and tokens[at + 1].low != "of":
        return "V"
    if before == "," and after == "D" and "V" in tags[:at]:
        return "V"  # `registers sensors, plots the measurements`
    if before == "C" and "V" in tags[:at] and _before_code(at, tokens):
        return "V"
    if before == "R" or (before in "NU" and not is_plural(tokens[at - 1].low) and (after in "DJ#" or _before_code(at, tokens))):
        return "V"
    if before == "C" and (after in "D#" or _replies(at, tokens)) and set("VB") & set(tags[:at]):
        return "V"
    if before == "N" and after == "N" and not is_plural(tokens[at - 1].low) and is_plural(tokens[at + 1].low):
        return "V"
    return "V" if before in ",C" and after == "N" and is_plural(tokens[at + 1].low) and _does_more(at, tokens, tags) else "N"


def _does_more(at: int, tokens: list[Token], tags: list[str]) -> bool:
    """Whether somebody already does one thing and another: `approves hires, records returns`."""
    return any(kind == "V" and lexicon().verbs.get(token.low, ("", ""))[1] == "s" for token, kind in zip(tokens[:at], tags, strict=False))


def _replies(at: int, tokens: list[Token]) -> bool:
    """`takes a name and answers with a status`."""
    return tokens[at].low in _REPLYING and at + 1 < len(tokens) and tokens[at + 1].low == "with"


def _before_code(at: int, tokens: list[Token]) -> bool:
    """Whether what follows is a name between backticks: `the body holds` of ``the body holds `title` ``."""
    following = next((token for token in tokens[at + 1 : at + 3] if token.kind == "word"), None)
    return following is not None and following.code and not tokens[at].code


def _lists_nouns(at: int, tokens: list[Token]) -> bool:
    """Whether a comma and another word in the plural follow: `conference talks, speakers and rooms`."""
    following = tokens[at + 2].low if at + 2 < len(tokens) else ""
    return is_plural(following) and following != singular(following) and lexicon().verbs.get(following, ("", ""))[1] != "s"


def _ends_list(at: int, tokens: list[Token]) -> bool:
    """Whether `and` and one more word in the plural end the sentence: `customers, film rolls, scans and prints`."""
    rest = [token.low for token in tokens[at + 1 : at + 4]]
    return len(rest) in {2, 3} and rest[0] == "and" and is_plural(rest[1]) and rest[2:] in ([], ["."])


def _commands(at: int, tokens: list[Token]) -> bool:
    """`Returns entries of a wallet` tells what an endpoint does; `Orders dashboard` names."""
    told = tokens[at].low in _TELLING and at + 1 < len(tokens)
    return told and (
        tokens[at + 1].kind == "number"
        or is_plural(tokens[at + 1].low)
        or lexicon().closed.get(tokens[at + 1].low) in {"determiner", "number"}
    )


def _at_start(at: int, tokens: list[Token], after: str, words: Lexicon) -> str:
    """The first word of a sentence or entry: `Book a room` and `Vote for an idea` command, `Order management` and `Review:` name."""
    if after == "N":
        following = tokens[at + 1].low
        if tokens[at].low in _NOTING and is_attribute(following) and at + 2 < len(tokens) and tokens[at + 2].low in {",", "and"}:
            return "V"
        return "N" if words.barren.get(singular(following), words.barren.get(following)) in {"abstract", "ui", "technology"} else "V"
    if after == "P" and at + 2 < len(tokens) and words.base(tokens[at].low) in table("deeds"):
        return "V" if words.closed.get(tokens[at + 2].low) in {"determiner", "number"} else "N"
    return "V" if after in "DJ#R" or (after in {",", "/", "C"} and _verb_follows(at, tokens, words)) else "N"


def _verb_follows(at: int, tokens: list[Token], words: Lexicon) -> bool:
    following = [token.low for token in tokens[at + 1 : at + 4] if token.kind == "word" and words.closed.get(token.low) != "conjunction"]
    return bool(following) and words.verbs.get(following[0], ("", ""))[1] == "base"


def continues_chain(at: int, tags: list[str]) -> bool:
    """Whether the member before the comma was a verb, or an object of one that ended with it."""
    for back in range(at - 1, max(at - 15, -1), -1):
        if tags[back] in "VMT":
            return True
        if tags[back] in ".;:":
            return False
    return False


def before_word(at: int, tags: list[str]) -> str:
    for back in range(at - 1, -1, -1):
        if tags[back] in "\"'(“\u2018" or tags[back] == "A":
            continue
        return "^" if tags[back] in ".!?;)" else tags[back]
    return "^"


def _peek(at: int, tokens: list[Token], tags: list[str], words: Lexicon) -> str:
    while at < len(tokens) and (tags[at] == "A" or tags[at] in "\"'“\u2018"):
        at += 1
    if at >= len(tokens):
        return "$"
    if tags[at] != "~":
        return tags[at]
    kind = words.verbs[tokens[at].low][1]
    if kind == "ing":
        return "G"
    if kind == "ed":
        return "E"
    return "N" if singular(tokens[at].low) in known_nouns() else "V"
