"""Live progress: a token to open the stream with, and the stream."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from apiwright.api.deps import GenerationsReader, Shared
from apiwright.api.examples import GENERATION_ID
from apiwright.api.generations.endpoints import find
from apiwright.api.generations.schemas import StreamTokenRead
from apiwright.api.problems import ProblemError, documented
from apiwright.store import TERMINAL, Accounts, Generations

router = APIRouter(prefix="/generations", tags=["progress"])
TOKEN_LIFETIME = 60
TOKENS_PER_MINUTE = 10
_STREAM_EXAMPLE = (
    f'id: 7\nevent: progress\ndata: {{"seq":7,"generation_id":"{GENERATION_ID}","status":"processing","stage":"code",'
    '"phase":"entity:Todo","message":"5 files","progress":0.42,"files":[],"data":{},"timestamp":"2026-03-01T12:00:01.250000+00:00"}\n\n'
)


@router.post("/{generation_id:uuid}/stream-token", responses=documented(400, 401, 403, 404, 422, 429, 503))
async def stream_token(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> StreamTokenRead:
    """A token for the stream of this generation, to be used within a minute.

    A generation that has ended needs none: 400 tells how it ended.
    """
    generation = await find(shared, caller, generation_id)
    if generation.status in TERMINAL:
        raise ProblemError(
            400, "generation-ended", f"The generation has ended: {generation.status}. There is nothing to stream.",
            generation_status=generation.status, error=generation.error,
        )  # fmt: skip
    await shared.limits.count("stream tokens", TOKENS_PER_MINUTE, caller.user_id, generation_id)
    async with shared.service.database.write() as session:
        token = await Accounts(session).add_stream_token(caller.user_id, generation_id, lifetime=timedelta(seconds=TOKEN_LIFETIME))
    url = f"/api/generations/{generation_id}/stream?token={token}"
    return StreamTokenRead(sse_token=token, expires_in=TOKEN_LIFETIME, stream_url=url)


@router.get(
    "/{generation_id:uuid}/stream",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Events as they come; the stream ends itself after the last one. A comment every 15 s keeps it open.",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _STREAM_EXAMPLE}},
        },
        204: {"description": "The generation has ended and every event was received: do not connect again."},
    }
    | documented(401, 404, 422, 503),
)
async def stream(
    shared: Shared,
    generation_id: UUID,
    token: Annotated[str, Query(min_length=1, max_length=200)],
    after: Annotated[int, Query(ge=0, le=1_000_000, description="Go on after this event.")] = 0,
    last_event_id: Annotated[int, Header(alias="Last-Event-ID", ge=0, le=1_000_000)] = 0,
) -> Response:
    """The events of a generation as server-sent events: those that were, then those that come."""
    async with shared.service.database.read() as session:
        if not await Accounts(session).may_stream(token, generation_id):
            raise ProblemError(401, "stream-token-invalid", "The stream token is wrong, expired, or of another generation.")
        generation = await Generations(session).find(generation_id)
    # A browser that reconnects sends the newest that it has seen; that counts more than what the address said at first.
    position = max(last_event_id, after)
    if generation is None or (generation.status in TERMINAL and position >= generation.last_seq):
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        shared.counted(shared.tails.follow(generation_id, after=position)), media_type="text/event-stream", headers=headers
    )
