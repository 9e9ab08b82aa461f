"""Anthropic's messages."""

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

PATH = "/v1/messages"
_MEMBERS = {"model", "messages", "stream", "system", "tools", "tool_choice", "max_tokens"}


def read(path: str, headers: Mapping[str, str], raw: str) -> Call:
    body = json.loads(raw)
    require(path.partition("?")[0] != PATH, f"no such path: {path}")
    # The key comes as a bearer token from clients of this year, and as x-api-key from others.
    key = headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
    require(not key or "anthropic-version" not in headers, "no key, or no version of the API")
    only(body, _MEMBERS, "the request")
    require(body.get("stream") is not True or not body.get("max_tokens"), "not streamed, or without max_tokens")
    # Models that think for themselves take no tool that they must use.
    require(len(body["tools"]) != 1 or body["tool_choice"]["type"] not in {"auto", "any", "tool"}, "not one tool to answer by")
    only(body["tools"][0], {"name", "description", "input_schema", "strict"}, "the tool")
    require([message["role"] for message in body["messages"]] != ["user"], "not one message of the user")
    return Call(
        model=body["model"],
        key=key,
        instructions=_text(body["system"]),
        words=json.loads(_text(body["messages"][0]["content"])),
        schema=body["tools"][0]["input_schema"],
        raw=raw,
    )


def stream(call: Call, reply: Answer | Text | Empty | Refusal | Filtered | Truncated | Cut | Broken) -> Iterator[bytes]:
    sent, received = reply.tokens if isinstance(reply, Answer | Text) else (1_000, 0)
    message: dict[str, Any] = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": call.model, "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": sent, "output_tokens": 1},
    }  # fmt: skip
    yield _event("message_start", {"message": message})
    if not isinstance(reply, Empty | Refusal):
        as_tool = not isinstance(reply, Text)
        block: dict[str, Any] = {"type": "text", "text": ""}
        if as_tool:
            block = {"type": "tool_use", "id": "toolu_1", "name": "answer", "input": {}}
        yield _event("content_block_start", {"index": 0, "content_block": block})
        for piece in pieces(reply.text):
            delta = {"type": "input_json_delta", "partial_json": piece} if as_tool else {"type": "text_delta", "text": piece}
            yield _event("content_block_delta", {"index": 0, "delta": delta})
        if isinstance(reply, Cut):
            return
        if isinstance(reply, Broken):
            yield _event("error", {"error": {"type": "overloaded_error", "message": f"Overloaded, key {call.key}."}})
            return
        yield _event("content_block_stop", {"index": 0})
    reasons: dict[type, str] = {Refusal: "refusal", Filtered: "refusal", Truncated: "max_tokens", Answer: "tool_use"}
    stop = reasons.get(type(reply), "end_turn")
    yield _event("message_delta", {"delta": {"stop_reason": stop, "stop_sequence": None}, "usage": {"output_tokens": received}})
    yield _event("message_stop", {})


def failure(reply: HttpFailure, key: str) -> dict[str, Any]:
    kinds = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 402: "billing_error", 529: "overloaded_error"}
    kinds |= {400: "invalid_request_error", 403: "permission_error", 413: "request_too_large"}
    error = {"type": kinds.get(reply.status, "api_error"), "message": f"Failed for key {key}. {reply.reason}"}
    return {"type": "error", "error": error, "request_id": "req_1"}


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(block["text"] for block in content)


def _event(kind: str, document: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **document})}\n\n".encode()
