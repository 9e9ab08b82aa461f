"""One question to a model and its answer: streamed, metered, asked again where that may help."""

import asyncio
import time
from collections.abc import AsyncIterable, Callable, Mapping
from typing import Any

from msgspec import Struct
from pydantic_ai import Agent, RunUsage, UsageLimits
from pydantic_ai.capabilities import RaiseContentFilterError
from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta, ToolCallPart, ToolCallPartDelta
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_core import from_json

from apiwright.errors import ModelError
from apiwright.planner.choice import ModelChoice
from apiwright.planner.llm.budget import Meter, Usage
from apiwright.planner.llm.failures import PASSING, outcome
from apiwright.planner.llm.vendors import answer_by, answering

OnPartial = Callable[[Mapping[str, Any]], None]
OnWait = Callable[[ModelError, float], None]
_ATTEMPTS = 4
_LONGEST_ANSWER = 16_000
_STRIDE = 200


class Question(Struct, frozen=True, kw_only=True):
    """What is asked, and in which shape it is to be answered. `stage` is what its usage counts for."""

    stage: str
    instructions: str
    words: str
    schema: dict[str, Any]


class Interview:
    """The questions of one generation to one model."""

    def __init__(self, model: Model, choice: ModelChoice, meter: Meter, on_wait: OnWait) -> None:
        self._model, self._choice, self._meter, self._on_wait = model, choice, meter, on_wait

    async def ask(self, question: Question, on_partial: OnPartial) -> Mapping[str, Any]:
        """The answer, as plain values; of its shape nothing is known yet.

        Raises:
            ModelError: There is none to be had, or the budget is spent.
        """
        attempt = 1
        while True:
            self._meter.begin()
            try:
                return await self._answer(question, on_partial)
            except ModelError as error:
                rest = error.retry_after if error.retry_after is not None else self._meter.budget.pause * 2 ** (attempt - 1)
                if error.code not in PASSING or attempt == _ATTEMPTS:
                    raise
                if rest >= self._meter.seconds_left:
                    raise
                self._on_wait(error, rest)
                await asyncio.sleep(rest)
                attempt += 1

    async def _answer(self, question: Question, on_partial: OnPartial) -> Mapping[str, Any]:
        instructions = question.instructions + answering(self._choice)
        agent = Agent(
            self._model, output_type=answer_by(self._choice, question.schema), instructions=instructions, retries=0,
            capabilities=[RaiseContentFilterError()],  # an answer that a vendor's filter ends in the middle is a refusal as well
        )  # fmt: skip
        used, started = RunUsage(), time.monotonic()
        left = self._meter.seconds_left
        settings = ModelSettings(timeout=min(self._meter.budget.silence, left), max_retries=0, max_tokens=_LONGEST_ANSWER)

        async def listen(_: object, events: AsyncIterable[Any]) -> None:
            await _hear(events, on_partial)

        failure: ModelError | None = None
        try:
            async with asyncio.timeout(left):
                # Streamed, so that what is slow is told from what is silent, and parts can be shown.
                result = await agent.run(
                    question.words,
                    model_settings=settings,
                    usage=used,
                    usage_limits=UsageLimits(request_limit=1),
                    event_stream_handler=listen,
                )
            return dict(result.output)
        except TimeoutError:
            failure = self._meter.spent(f"{self._meter.budget.seconds:.0f} s") if self._meter.seconds_left <= 0 else None
            failure = failure or ModelError("timeout", f"{self._choice.name} did not answer in time.")
        except Exception as error:
            failure = outcome(error, self._choice.name)
        finally:
            self._meter.count(question.stage, _usage(used, time.monotonic() - started))
        # Outside the handler: what a vendor said must not travel along as the cause of this.
        raise failure


def _usage(used: RunUsage, seconds: float) -> Usage:
    answered = used.total_tokens > 0 or used.unmeasured_requests > 0  # else the vendor refused it, which costs nothing
    return Usage(
        requests=1,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        dollars=float(used.cost) if used.cost is not None else 0.0,
        unpriced=1 if answered and used.cost is None else 0,
        seconds=seconds,
    )


async def _hear(events: AsyncIterable[Any], on_partial: OnPartial) -> None:
    """Tell an answer's parts as they come: it grows, and is read anew every so many characters."""
    text, read = "", 0
    async for event in events:
        match event:
            case PartStartEvent(part=TextPart(content=more)) | PartDeltaEvent(delta=TextPartDelta(content_delta=more)):
                text += more
            case PartStartEvent(part=ToolCallPart(args=str(more))) | PartDeltaEvent(delta=ToolCallPartDelta(args_delta=str(more))):
                text += more
            case _:
                continue
        if len(text) - read >= _STRIDE:
            read = len(text)
            try:
                partial = from_json(text, allow_partial=True)
            except ValueError:
                continue
            if isinstance(partial, dict):
                on_partial(partial)  # pyright: ignore[reportUnknownArgumentType] - JSON
