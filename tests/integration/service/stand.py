"""A service over a local vendor of language models."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.vendors import Call, Reply, VendorServer
from tests.integration.service.harness import Client, Deployment, Process

SERVICE_KEY = "planted-key-of-the-service-51c9"


@dataclass(frozen=True)
class Stand:
    """The service, and the vendor that it asks."""

    deployment: Deployment
    process: Process
    vendor: VendorServer

    def user(self, name: str = "user") -> Client:
        return Client(self.process.url, name=name)

    def answers(self, script: Callable[[Call], Reply]) -> None:
        """Have the model answer so from now on; what was asked before is forgotten."""
        self.vendor.script = script
        self.vendor.calls.clear()


def stand(directory: Path, vendor: VendorServer, **settings: str) -> Stand:
    # As text: the form of the log that tells most.
    deployment = Deployment(directory, {**vendor.environment(SERVICE_KEY), "APIWRIGHT_LOG_FORMAT": "text", **settings})
    return Stand(deployment, deployment.start(real=True), vendor)


def data_of(events: list[dict[str, Any]], name: str) -> list[Any]:
    return [event["data"][name] for event in events if name in event["data"]]
