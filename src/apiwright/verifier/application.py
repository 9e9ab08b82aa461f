"""What the application says of itself when it is imported: found out once, for every check that wants to know."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future

from apiwright.verifier.project import Project
from apiwright.verifier.sandbox import Answer, Sandbox


class Application:
    """The application of the project under proof: imported once, with no settings, and asked with those of a test."""

    def __init__(self, project: Project, sandbox: Sandbox, environment: Mapping[str, str]) -> None:
        self.modules = [_module(path) for path in project.python if path == "main.py" or path.startswith("app/")]
        self._sandbox, self._environment = sandbox, environment
        self._lock = threading.Lock()
        self.renew()

    def renew(self) -> None:
        """Have it imported anew for whoever asks next: its files in the sandbox have changed."""
        self._asked: Future[Answer] | None = None
        self._sandbox.import_once(sorted((name for name in self.modules if name != "main"), key=lambda name: name != "app.main"))

    def looked_at(self) -> Answer:
        """How importing it went: `problems`, and the OpenAPI `document`, None when there is none. See `inside.source:look`."""
        with self._lock:
            if self._asked is None:
                self._asked = self._sandbox.call(
                    "inside.source:look", modules=self.modules, seconds=60, application=True, environment=self._environment
                )
        return self._asked.result()


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
