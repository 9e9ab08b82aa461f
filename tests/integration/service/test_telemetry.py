"""OpenTelemetry: what processes of the service send where the standard variables say."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from tests.integration.service.harness import Client, Deployment, wait_for


@dataclass
class Collector:
    """A receiver of OTLP over HTTP; keeps the spans."""

    endpoint: str = ""
    spans: list[Span] = field(default_factory=list[Span])

    def of(self, generation_id: str) -> dict[str, Span]:
        """Spans that speak of a generation, by name."""
        return {span.name: span for span in self.spans if _attributes(span).get("apiwright.generation") == generation_id}


def _attributes(span: Span) -> dict[str, str]:
    return {item.key: item.value.string_value for item in span.attributes}


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/v1/traces":
                request = ExportTraceServiceRequest.FromString(body)
                made.spans += [span for of in request.resource_spans for scope in of.scope_spans for span in scope.spans]
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


def test_requests_and_the_steps_of_a_worker_are_told_as_spans(deployment: Deployment, collector: Collector) -> None:
    deployment.environment |= {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "APIWRIGHT_TELEMETRY": "true",
    }
    client = Client(deployment.start("api").url)
    deployment.start("worker")
    good, bad = client.generate("Notes")["id"], client.generate("!!!")["id"]
    client.completed(good)
    assert client.ended(bad)["status"] == "failed"
    names = {f"generation {step}" for step in ("plan", "compile", "verify", "publish")}
    told = wait_for(lambda: found if (found := collector.of(good)).keys() == names else None)
    assert told["generation plan"].end_time_unix_nano <= told["generation compile"].start_time_unix_nano
    assert all(span.status.code != Status.STATUS_CODE_ERROR for span in told.values())
    refused = wait_for(lambda: collector.of(bad))
    assert refused["generation plan"].status.code == Status.STATUS_CODE_ERROR
    assert wait_for(lambda: any("/api/generations/generate" in span.name for span in collector.spans))
