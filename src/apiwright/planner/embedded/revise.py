"""`revise`: a request in plain words -> changes of a blueprint. All of it is understood, or nothing is changed."""

import re
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from apiwright.blueprint import Blueprint, validate
from apiwright.blueprint.changes import Change, apply
from apiwright.diagnostics import Diagnostic, errors_in
from apiwright.errors import BlueprintError, PromptError
from apiwright.planner.embedded.intake import checked
from apiwright.planner.embedded.revise_access import ACCESS
from apiwright.planner.embedded.revise_actions import ACTIONS
from apiwright.planner.embedded.revise_conversions import CONVERSIONS
from apiwright.planner.embedded.revise_entities import ENTITIES
from apiwright.planner.embedded.revise_fields import FIELDS
from apiwright.planner.embedded.revise_kin import KIN
from apiwright.planner.embedded.revise_links import LINKS
from apiwright.planner.embedded.revise_purposes import PURPOSES
from apiwright.planner.embedded.revise_renames import RENAMES
from apiwright.planner.embedded.revise_rules import FIELD_RULES
from apiwright.planner.embedded.revise_scene import Scene, SettledError, UnclearError
from apiwright.planner.embedded.revise_summary import summed_up
from apiwright.planner.embedded.revise_values import VALUES
from apiwright.planner.embedded.revise_whole import WHOLE
from apiwright.planner.embedded.revise_wording import clauses, plainly, unquoted, without_courtesy

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Scene], bool]]
RULES: tuple[Rule, ...] = (
    *WHOLE,
    *ACTIONS,
    *ACCESS,
    *KIN,
    *LINKS,
    *FIELD_RULES,
    *VALUES,
    *CONVERSIONS,
    *FIELDS,
    *PURPOSES,
    *ENTITIES,
    *RENAMES,
)
_JOINT = re.compile(
    r"\s*,\s*(?:and|then|but)\s+(?:also\s+|then\s+)?|\s+(?:and|but)\s+(?:also\s+|then\s+)?|\s*,\s*(?:also\s+)?", re.IGNORECASE
)
_STARTS = re.compile(
    r"(?:,|\band\b|\bbut\b|\bthen\b)\s+(?:also\s+|then\s+|please\s+)?(?:add|remove|drop|delete|rename|make|let|only|allow|change|use|set|don't|do not|mark|give|turn|link)\b",
    re.IGNORECASE,
)
"""Where a second request begins within a sentence."""
_PREDICATE = re.compile(r"(?:is|are|can|may|must|should|has|have|needs?|gets?|belongs?|defaults?|cannot|only)\b", re.IGNORECASE)
_CARRIED = (
    re.compile(r"((?:let|allow|permit) \w+(?: to)?|(?:only )?(?:the |an? )?[\w ]+? (?:can|may|should be able to)) ", re.IGNORECASE),
    re.compile(r"(add|remove|drop|delete|rename|make|let)\b", re.IGNORECASE),
)
"""What a first clause hands on to a second one: `users can` of `users can read posts and edit comments`."""
_SUBJECTS: tuple[tuple[str, Sequence[Rule]], ...] = (("it", (*FIELD_RULES, *VALUES)), ("they", RULES))
_LONGEST = 20_000
_LONGEST_CLAUSE = 1_500
"""Characters; the rules take time that grows faster than what they read."""
_SHOWN = 300
_MOST_JOINTS = 12
_MOST_TRIES = 100
"""How many ways to take a clause apart are looked at: for each joint there are several."""


def revise(blueprint: Blueprint, prompt: str) -> tuple[Change, ...]:
    """The changes that a request asks for, in order; `apply` makes the next blueprint of them.

    Raises:
        PromptError: Some of it is not understood: each part is told word by word. Nothing is changed then.
    """
    prompt = checked(prompt)
    scene = Scene(blueprint, prompt)
    if len(prompt) > _LONGEST:
        raise PromptError([_problem("request-too-long", f"A request may have up to {_LONGEST:,} characters.", "Say it in several steps.")])
    said = [(clause, _said(clause, scene)) for clause in clauses(prompt)]
    problems = [
        _problem("request-unclear", f'I do not understand "{_shown(clause)}"{reason}', "Say it in other words, or alone.")
        for clause, reason in said
        if reason
    ]
    if problems:
        raise PromptError(problems)
    if not scene.changes:
        raise PromptError([_problem("request-empty", "Nothing is to be changed: it is all so already.", "Say what is to be different.")])
    try:
        found = errors_in(validate(apply(blueprint, scene.changes)))
    except BlueprintError as error:
        found = list(error.diagnostics)
    if found:
        raise PromptError([_problem("request-impossible", f"That does not hold together: {item.message}", item.hint) for item in found])
    return summed_up(blueprint, scene.changes)


def _shown(clause: str) -> str:
    return clause if len(clause) <= _SHOWN else f"{clause[:_SHOWN]} \N{HORIZONTAL ELLIPSIS}"


def _said(clause: str, scene: Scene) -> str:
    """Empty when the clause was understood and its changes are noted; else why not."""
    if len(clause) > _LONGEST_CLAUSE:
        return f": it has more than {_LONGEST_CLAUSE:,} characters; say it in several sentences"
    scene.patience = _MOST_TRIES
    try:
        return _understood(clause, scene)
    except SettledError as settled:
        return f": {settled}"


def _understood(clause: str, scene: Scene, depth: int = 0, rules: Sequence[Rule] = RULES) -> str:
    """Empty when the clause was understood and its changes are noted; else why not, to follow the words themselves."""
    reason = ""
    scene.patience -= 1
    if scene.patience < 0:
        raise SettledError("too much is told at once; say it in several sentences")
    if depth < _MOST_JOINTS and _STARTS.search(clause) and _understood_apart(clause, scene, depth):
        return ""
    said = plainly(clause)
    if (about := re.fullmatch(r"(?:the |for )?([\w ]+?)\s*:\s*(\w.*)", said)) and not depth and (entity := scene.find_entity(about[1])):
        scene.topic = scene.heading = entity.name
        reason = _understood(without_courtesy(about[2]), scene, depth + 1)
        scene.heading = ""
        return reason
    for words in dict.fromkeys((said, unquoted(said))):
        understood, why = _by_rule(words, scene, rules)
        if understood:
            return ""
        reason = reason or why
    apart = depth < _MOST_JOINTS and any(_understood_apart(words, scene, depth) for words in dict.fromkeys((clause, said)))
    return "" if apart else reason or "."


def _by_rule(said: str, scene: Scene, rules: Sequence[Rule]) -> tuple[bool, str]:
    """Whether a rule reads it, whose changes are noted then; else what the first of those that know its form has against it."""
    reason = ""
    for pattern, rule in rules:
        if match := pattern.fullmatch(said):
            mark = scene.mark()
            try:
                if rule(match, scene):
                    return True, ""
            except UnclearError as error:
                reason = reason or (f": {error}" if str(error) else "")
            except ValidationError:
                pass  # what it would lead to is no blueprint at all
            except BlueprintError as error:
                reason = reason or f": {error.diagnostics[0].message}"
            scene.back_to(mark)
    return False, reason


def _understood_apart(clause: str, scene: Scene, depth: int) -> bool:
    """Whether it is two clauses with a joint between them."""
    for joint in _JOINT.finditer(clause):
        first, second = clause[: joint.start()].strip(), without_courtesy(clause[joint.end() :].strip())
        mark = scene.mark()
        begun = first and second and not _understood(first, scene, _MOST_JOINTS)
        if begun and (not _understood(second, scene, depth + 1) or _continued(first, second, scene, depth + 1)):
            return True
        scene.back_to(mark)
    return False


def _continued(first: str, second: str, scene: Scene, depth: int) -> bool:
    """Whether a clause is understood with what it leaves out: the verb of the first one, or what that one spoke of."""
    if not _understood(f"it must be {second}", scene, depth, FIELD_RULES):
        return True
    carried = (found[1] for pattern in _CARRIED if (found := pattern.match(first)))
    if any(not _understood(f"{words} {second}", scene, depth) for words in carried):
        return True
    subjects = _SUBJECTS if _PREDICATE.match(second) else ()
    return any(not _understood(f"{pronoun} {second}", scene, depth, rules) for pronoun, rules in subjects)


def _problem(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, hint=hint)
