"""A blueprint by a model, in bounded units: the outline first, then each entity; what does not hold together goes back to it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct

from apiwright.blueprint import Blueprint, Entity, parse, validate
from apiwright.blueprint.changes import diff
from apiwright.diagnostics import Diagnostic, errors_in
from apiwright.errors import BlueprintError, InputError, ModelError
from apiwright.planner.llm.access import with_access
from apiwright.planner.llm.asking import Interview, Question
from apiwright.planner.llm.outline import Outline, RevisedOutline, assembled, read_outline
from apiwright.planner.llm.schemas import entity_schema, outline_schema, theirs
from apiwright.planner.llm.wording import ENTITY, OUTLINE, as_text, entity_words, outline_words, with_problems
from apiwright.planner.protocol import Progress, Tell

REPAIRS = 3
_AT_ONCE = 4
_OUTLINE_SHARE = 0.2
_LONGEST_NAME = 80
Answer = TypeVar("Answer")


class Commission(Struct, frozen=True, kw_only=True):
    """What is to be written.

    Attributes:
        request: The user's words.
        draft: What to begin with: the draft of the rules or, in a revision, the blueprint with what the rules made of the request.
        read_as: How the rules understood a request, as sentences.
    """

    request: str
    draft: Blueprint | None
    revision: bool
    read_as: Sequence[str] = ()


class Author:
    """Writes one blueprint."""

    def __init__(self, interview: Interview, commission: Commission, tell: Tell, model: str) -> None:
        self._interview, self._commission, self._tell, self._model = interview, commission, tell, model
        self._repairs: Counter[str] = Counter()
        self._answers: dict[str, object] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._share = 0.0

    async def write(self) -> tuple[Outline, Blueprint]:
        """The outline and the blueprint, which holds together.

        Raises:
            ModelError: The model did not get there.
        """
        outline = await self._outline(())
        written = await self._written(outline, dict.fromkeys(self._missing(outline, {}), ()), {})
        while True:
            blueprint = assembled(outline, written, None if self._commission.revision else self._commission.request)
            blueprint = with_access(blueprint, self._commission.draft)
            problems = self._problems(outline, blueprint)
            if not problems:
                return outline, blueprint
            by_unit = _by_unit(problems, written)
            if whole := by_unit.pop("outline", None):
                outline = await self._outline(whole)
            names = {item.name for item in outline.entities}
            again = {name: found for name, found in by_unit.items() if name in names}
            written = await self._written(outline, {**dict.fromkeys(self._missing(outline, written), ()), **again}, written)

    async def _outline(self, problems: Sequence[Diagnostic]) -> Outline:
        commission = self._commission
        document = outline_words(commission.request, commission.draft, revision=commission.revision, read_as=commission.read_as)
        schema = outline_schema(revision=commission.revision)
        self._say("outline", "Deciding which entities there are", 0.0)

        def read(answer: object) -> Outline:
            return read_outline(answer, revision=commission.revision)

        outline = await self._unit("outline", (OUTLINE, document, schema), read, problems)
        names = [item.name for item in outline.entities]
        self._say("outline", ", ".join(names), _OUTLINE_SHARE, {"entities": names})
        return outline

    def _missing(self, outline: Outline, written: Mapping[str, Entity]) -> list[str]:
        draft = self._commission.draft
        drafted = {entity.name for entity in draft.entities} if draft else set[str]()
        return [item.name for item in outline.entities if item.name not in written and not (item.ready and item.name in drafted)]

    async def _written(
        self, outline: Outline, problems: Mapping[str, Sequence[Diagnostic]], written: Mapping[str, Entity]
    ) -> dict[str, Entity]:
        """The entities of an outline: those of `problems` by the model, with what is to be mended in them; the others as they are."""
        draft = self._commission.draft
        ready = {entity.name: entity for entity in draft.entities} if draft else {}
        step = (1.0 - _OUTLINE_SHARE) / max(1, len(problems))

        async def one(name: str) -> Entity:
            async with self._turns:
                entity = await self._entity(name, outline, problems[name])
            members = [item.name for item in (*entity.fields, *entity.relations)]
            self._say(f"entity:{name}", ", ".join(members) or "no members", min(0.95, self._share + step), {"members": members})
            return entity

        made = await _all_or_none([one(name) for name in problems])
        known = {**ready, **written, **{entity.name: entity for entity in made}}
        return {item.name: known[item.name] for item in outline.entities}

    async def _entity(self, name: str, outline: Outline, problems: Sequence[Diagnostic]) -> Entity:
        document = entity_words(name, self._commission.request, outline, self._commission.draft)
        return await self._unit(name, (ENTITY, document, entity_schema(name)), _read_entity, problems)

    async def _unit(
        self,
        unit: str,
        asked: tuple[str, dict[str, Any], dict[str, Any]],
        read: Callable[[object], Answer],
        problems: Sequence[Diagnostic],
    ) -> Answer:
        """One unit, repaired until its shape is right."""
        instructions, document, schema = asked
        while True:
            words, stage = document, "outline" if unit == "outline" else "entities"
            if problems:
                self._count_repair(unit, problems)
                words, stage = with_problems(document, self._answers.get(unit), problems), "repairs"
            question = Question(stage=stage, instructions=instructions, words=as_text(words), schema=schema)
            try:
                answer = theirs(dict(await self._interview.ask(question, self._partial(unit))))
                self._answers[unit] = answer
                return read(answer)
            except BlueprintError as error:
                problems = error.diagnostics
            except ModelError as error:
                if error.code != "unusable":
                    raise
                problems = (Diagnostic(code="answer-unreadable", message=str(error), hint="Answer by the schema, and shortly."),)

    def _count_repair(self, unit: str, problems: Sequence[Diagnostic]) -> None:
        if self._repairs[unit] == REPAIRS:
            shown = "; ".join(f"{item.where}: {item.message}" if item.where else item.message for item in problems[:3])
            raise ModelError("unusable", f"{self._model} did not get {unit} right in {REPAIRS} repairs: {shown}")
        self._repairs[unit] += 1
        where = "outline" if unit == "outline" else f"entity:{unit}"
        told = [item.as_dict() for item in problems[:10]]
        self._say(where, f"Repair {self._repairs[unit]} of {REPAIRS}: {problems[0].message}", self._share, {"problems": told})

    def _problems(self, outline: Outline, blueprint: Blueprint) -> list[Diagnostic]:
        found = errors_in(validate(blueprint))
        if not found and isinstance(outline, RevisedOutline) and self._commission.draft is not None:
            try:
                diff(self._commission.draft, blueprint, renamed={item.was: item.now for item in outline.renamed})
            except InputError as error:
                return list(error.diagnostics)
        return found

    def _partial(self, unit: str) -> Callable[[Mapping[str, Any]], None]:
        listed, phase = ("entities", "outline") if unit == "outline" else ("fields", f"entity:{unit}")
        seen = 0

        def hear(partial: Mapping[str, Any]) -> None:
            nonlocal seen
            items = cast("list[Any]", partial[listed]) if isinstance(partial.get(listed), list) else []
            names = [cast("dict[str, Any]", item).get("name") for item in items if isinstance(item, dict)]
            # Shown before it is checked: what is no name of ours is left out.
            known = [name for name in names if isinstance(name, str) and len(name) <= _LONGEST_NAME and name.isidentifier()]
            if len(known) > seen:
                seen = len(known)
                self._say(phase, ", ".join(known), self._share, {"partial": known})

        return hear

    def _say(self, phase: str, message: str, share: float, data: Mapping[str, Any] | None = None) -> None:
        self._share = max(self._share, share)
        self._tell(Progress(phase=phase, message=message, share=self._share, data=data or {}))


def _read_entity(answer: object) -> Entity:
    """One entity; problems of its shape have their path, as in a whole blueprint."""
    return parse({"name": "unit", "title": "unit", "entities": [answer]}).entities[0]


def _by_unit(problems: Iterable[Diagnostic], written: Mapping[str, Entity]) -> dict[str, list[Diagnostic]]:
    """Problems by the unit that they belong to: the entity that their path names, else the outline."""
    by_unit: dict[str, list[Diagnostic]] = {}
    for item in problems:
        steps = item.where.split(".")
        unit = steps[1] if len(steps) > 1 and steps[0] == "entities" and steps[1] in written else "outline"
        by_unit.setdefault(unit, []).append(item)
    return by_unit


async def _all_or_none(work: Sequence[Awaitable[Entity]]) -> list[Entity]:
    """The results of all; when one fails, the others are stopped and its error is raised as it is."""
    tasks = [asyncio.ensure_future(item) for item in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
