"""`revise`: a request in plain words -> changes of a blueprint. All of it is understood, or nothing is changed."""

import re
from collections.abc import Callable, Iterator

from apiwright.blueprint import Blueprint, validate
from apiwright.blueprint.changes import Change, apply
from apiwright.diagnostics import Diagnostic, errors_in
from apiwright.errors import BlueprintError, PromptError
from apiwright.planner.embedded.intake import checked
from apiwright.planner.embedded.revise_access import ACCESS
from apiwright.planner.embedded.revise_actions import ACTIONS
from apiwright.planner.embedded.revise_entities import ENTITIES
from apiwright.planner.embedded.revise_fields import FIELDS
from apiwright.planner.embedded.revise_links import LINKS
from apiwright.planner.embedded.revise_rules import FIELD_RULES
from apiwright.planner.embedded.revise_scene import Scene, UnclearError
from apiwright.planner.embedded.revise_values import VALUES
from apiwright.planner.embedded.revise_whole import WHOLE

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Scene], bool]]
RULES: tuple[Rule, ...] = (*WHOLE, *ACTIONS, *ACCESS, *LINKS, *FIELD_RULES, *VALUES, *FIELDS, *ENTITIES)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[\"'A-Za-z])|;\s*|\n+")
_POLITE = re.compile(
    r"^(?:(?:please|kindly|also|then|and|but|next|finally|now|additionally|moreover|ok|okay|hi|hello|well|so|oh)\b[ ,]*"
    r"|(?:can|could|would|will) you (?:please )?|(?:i|we)(?:'d| would)? (?:want|like|need|wish)(?: you)? to |(?:i|we) (?:want|need|would like) (?=that )?"
    r"|let's |it should be (?:that|so that) |make sure (?:that )?|ensure (?:that )?|there should be (?=no\b))+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[ ,]*(?:please|thanks|thank you|too|as well|instead|from now on|now)?[ .!]*$", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*,\s*(?:and|then|but)\s+(?:also\s+|then\s+)?|\s+(?:and|but)\s+(?:also\s+|then\s+)?|\s*,\s*(?:also\s+)?", re.IGNORECASE
)
_STARTS = re.compile(
    r"(?:,|\band\b|\bbut\b|\bthen\b)\s+(?:also\s+|then\s+|please\s+)?(?:add|remove|drop|delete|rename|make|let|only|allow|change|use|set)\b",
    re.IGNORECASE,
)
"""Where a second request begins within a sentence."""
_LONGEST = 20_000
_MOST_JOINTS = 12


def revise(blueprint: Blueprint, prompt: str) -> tuple[Change, ...]:
    """The changes that a request asks for, in order; `apply` makes the next blueprint of them.

    Raises:
        PromptError: Some of it is not understood: each part is told word by word. Nothing is changed then.
    """
    prompt = checked(prompt.replace("\r\n", "\n").lstrip("\ufeff"))
    scene = Scene(blueprint, prompt)
    if len(prompt) > _LONGEST:
        raise PromptError([_problem("request-too-long", f"A request may have up to {_LONGEST:,} characters.", "Say it in several steps.")])
    said = [(clause, _understood(clause, scene)) for clause in _clauses(prompt)]
    problems = [
        _problem("request-unclear", f'I do not understand "{clause}"{reason}', "Say it in other words, or alone.")
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
    return tuple(scene.changes)


def _clauses(prompt: str) -> Iterator[str]:
    for line in _SENTENCE.split(prompt):
        clause = _TAIL.sub("", _POLITE.sub("", _BULLET.sub("", line.strip()))).strip()
        if clause and clause.lower() not in {"please", "thanks", "thank you", "hi", "hello"}:
            yield clause


def _understood(clause: str, scene: Scene, depth: int = 0) -> str:
    """Empty when the clause was understood and its changes are noted; else why not, to follow the words themselves."""
    reason = ""
    if depth < _MOST_JOINTS and _STARTS.search(clause) and _understood_apart(clause, scene, depth):
        return ""
    for pattern, rule in RULES:
        if match := pattern.fullmatch(clause):
            kept = scene.blueprint, len(scene.changes), scene.topic
            try:
                if rule(match, scene):
                    return ""
            except UnclearError as error:
                reason = reason or f": {error}"
            except BlueprintError as error:
                reason = reason or f": {error.diagnostics[0].message}"
            scene.blueprint, scene.topic = kept[0], kept[2]
            del scene.changes[kept[1] :]
    return "" if depth < _MOST_JOINTS and _understood_apart(clause, scene, depth) else reason or "."


def _understood_apart(clause: str, scene: Scene, depth: int) -> bool:
    """Whether it is two clauses with a joint between them. A verb that the second one leaves out is taken from the first."""
    for joint in _JOINT.finditer(clause):
        first, second = clause[: joint.start()].strip(), _POLITE.sub("", clause[joint.end() :].strip())
        kept = scene.blueprint, len(scene.changes), scene.topic
        if first and second and not _understood(first, scene, _MOST_JOINTS):
            verb = re.match(r"(?:add|remove|drop|delete|rename|make|let)\b", first, re.IGNORECASE)
            if not _understood(second, scene, depth + 1) or (verb and not _understood(f"{verb[0]} {second}", scene, depth + 1)):
                return True
        scene.blueprint, scene.topic = kept[0], kept[2]
        del scene.changes[kept[1] :]
    return False


def _problem(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, hint=hint)
