"""OpenAI's chat completions, as OpenAI itself and compatible servers speak it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.vendors.script import (
    Answer,
    Broken,
    Call,
    Cut,
    Empty,
    Filtered,
    HttpFailure,
    Refusal,
    Text,
    Truncated,
    only,
    pieces,
    require,
)

PATH = "/v1/chat/completions"
_MEMBERS = {"model", "messages", "stream", "stream_options", "response_format", "max_tokens", "max_completion_tokens"}


def read(path: str, headers: Mapping[str, str], raw: str) -> Call:
    body = json.loads(raw)
    require(path != PATH, f"no such path: {path}")
    require(not headers.get("authorization", "").startswith("Bearer "), "no bearer token")
    only(body, _MEMBERS, "the request")
    require(body.get("stream") is not True or body.get("stream_options", {}).get("include_usage") is not True, "not streamed with usage")
    shape = body["response_format"]
    require(shape["type"] != "json_schema", "not asked for by schema")
    only(shape["json_schema"], {"name", "schema", "strict", "description"}, "json_schema")
    roles = [message["role"] for message in body["messages"]]
    require(roles != ["system", "user"], f"roles: {roles}")
    for message in body["messages"]:
        only(message, {"role", "content"}, "a message")
    return Call(
        model=body["model"],
        key=headers["authorization"].removeprefix("Bearer "),
        instructions=body["messages"][0]["content"],
        words=json.loads(body["messages"][1]["content"]),
        schema=shape["json_schema"]["schema"],
        raw=raw,
    )


def stream(call: Call, reply: Answer | Text | Empty | Refusal | Filtered | Truncated | Cut | Broken) -> Iterator[bytes]:
    yield _chunk(call, {"role": "assistant", "content": ""})
    if isinstance(reply, Refusal):
        yield _chunk(call, {"refusal": "I cannot help with that."})
    elif not isinstance(reply, Empty):
        for piece in pieces(reply.text):
            yield _chunk(call, {"content": piece})
    if isinstance(reply, Cut):
        return
    if isinstance(reply, Broken):
        yield _event({"error": {"message": f"Failed for key {call.key}.", "type": "server_error", "param": None, "code": "server_error"}})
        return
    finishes: dict[type, str] = {Truncated: "length", Filtered: "content_filter"}
    yield _chunk(call, {}, finish=finishes.get(type(reply), "stop"))
    sent, received = reply.tokens if isinstance(reply, Answer | Text) else (1_000, 0)
    usage = {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
    yield _event(_base(call) | {"choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def failure(reply: HttpFailure, key: str) -> dict[str, Any]:
    codes = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded", 402: "insufficient_quota"}
    return {
        "error": {"message": f"Failed for key {key}.", "type": "some_error", "param": None, "code": reply.reason or codes.get(reply.status)}
    }


def _base(call: Call) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_760_000_000, "model": call.model}


def _chunk(call: Call, delta: dict[str, Any], finish: str | None = None) -> bytes:
    return _event(_base(call) | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _event(document: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(document)}\n\n".encode()
