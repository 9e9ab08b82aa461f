"""Gemini's generateContent, streamed."""

import json
import re
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

_PATH = re.compile(r"/v1beta/models/([\w.-]+):streamGenerateContent\?alt=sse")


def read(path: str, headers: Mapping[str, str], raw: str) -> Call:
    body = json.loads(raw)
    match = _PATH.fullmatch(path)
    if match is None:
        require(True, f"no such path: {path}")
        raise AssertionError
    require("x-goog-api-key" not in headers, "no key")
    only(body, {"contents", "systemInstruction", "generationConfig"}, "the request")
    config = body["generationConfig"]
    only(config, {"responseMimeType", "responseJsonSchema", "responseSchema", "maxOutputTokens", "responseModalities"}, "generationConfig")
    require(config.get("responseMimeType") != "application/json", "not asked for JSON")
    require([content["role"] for content in body["contents"]] != ["user"], "not one content of the user")
    return Call(
        model=match[1],
        key=headers["x-goog-api-key"],
        instructions="".join(part["text"] for part in body["systemInstruction"]["parts"]),
        words=json.loads("".join(part["text"] for part in body["contents"][0]["parts"])),
        schema=config.get("responseJsonSchema") or config["responseSchema"],
        raw=raw,
    )


def stream(call: Call, reply: Answer | Text | Empty | Refusal | Filtered | Truncated | Cut | Broken) -> Iterator[bytes]:
    sent, received = reply.tokens if isinstance(reply, Answer | Text) else (1_000, 0)
    usage = {"promptTokenCount": sent, "candidatesTokenCount": received, "totalTokenCount": sent + received}
    base = {"modelVersion": call.model, "responseId": "response-1"}
    if isinstance(reply, Refusal):
        yield _event(base | {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": usage})
        return
    if not isinstance(reply, Empty):
        for piece in pieces(reply.text):
            yield _event(base | {"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": piece}]}}]})
    if isinstance(reply, Cut):
        return
    if isinstance(reply, Broken):
        yield _event(failure(HttpFailure(status=503), call.key))
        return
    finishes: dict[type, str] = {Truncated: "MAX_TOKENS", Filtered: "SAFETY"}
    finish = finishes.get(type(reply), "STOP")
    last: dict[str, Any] = {"index": 0, "content": {"role": "model", "parts": []}, "finishReason": finish}
    yield _event(base | {"candidates": [last], "usageMetadata": usage})


def failure(reply: HttpFailure, key: str) -> dict[str, Any]:
    kinds = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED"}
    kinds |= {402: "FAILED_PRECONDITION", 422: "INVALID_ARGUMENT", 503: "UNAVAILABLE", 529: "UNAVAILABLE"}
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{reply.retry_after}s"}] if reply.retry_after else []
    if "PerDay" in reply.reason:
        details += [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": reply.reason}]}]
    elif reply.reason:
        details += [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reply.reason}]
    error = {"code": reply.status, "message": f"Failed for key {key}.", "status": kinds.get(reply.status, "INTERNAL")}
    return {"error": error | ({"details": details} if details else {})}


def _event(document: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(document)}\r\n\r\n".encode()
