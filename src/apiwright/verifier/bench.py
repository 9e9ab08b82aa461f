"""Where checks work: the environments made, the sandbox started, the project laid out in it."""

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from apiwright.kit.places import cache_root
from apiwright.verifier.application import Application
from apiwright.verifier.environments import PRELOADED, environments
from apiwright.verifier.known import Known
from apiwright.verifier.passed import Passed
from apiwright.verifier.postgres import given_url, postgres
from apiwright.verifier.project import Project, read_project
from apiwright.verifier.protocol import Bench
from apiwright.verifier.report import Level
from apiwright.verifier.sandbox import Limits, Sandbox
from apiwright.verifier.standby import Standby


@contextmanager
def bench_for(  # noqa: PLR0913 - options, keyword-only
    project: Project,
    *,
    level: Level,
    cache: Path | None = None,
    limits: Limits | None = None,
    postgres_url: str | None = None,
    standing_on: Callable[[Project], Mapping[str, str]] | None = None,
    reuse: bool = False,
    former: Path | None = None,
    standby: Standby | None = None,
) -> Generator[Bench]:
    """A bench for `project`; everything that was started on it ends with the context. Arguments as in `verify`.

    Raises:
        VerificationUnavailableError: The environments cannot be made, or the sandbox does not start.
    """
    root, deep = cache or cache_root(), level == "deep"
    made = environments(project.files["requirements-dev.txt"], level=level, cache=root)

    def stands_on() -> Mapping[str, str]:
        return standing_on(project) if standing_on else {}

    def known(of: Project) -> Known:
        return Known(of, cache=root, environments=(made.runtime.key, made.tools.key))

    with postgres(postgres_url or given_url(), wanted=deep) as server:
        readable = (*made.readable, *server.readable)
        waiting = standby.take(made.runtime.python, readable) if standby and limits is None else None
        with waiting or Sandbox(made.runtime.python, readable=readable, preload=PRELOADED, limits=limits) as sandbox:
            sandbox.write(project.files)
            settings = _settings()
            yield Bench(
                project=project,
                sandbox=sandbox,
                runtime=made.runtime,
                tools=made.tools,
                seed=made.seed,
                postgres=server,
                environment=settings,
                application=Application(project, sandbox, settings),
                passed=Passed(stands_on, project.files, cache=root, runtime=made.runtime.key, reuse=reuse and not deep),
                known=known(project),
                former=known(read_project(former)) if former and not deep else None,
                cache=root,
            )
            sandbox.require_ready()


def _settings() -> dict[str, str]:
    """What the project's code is given: cheap password hashes, a secret of this run, no limit on logins."""
    return {
        "ENVIRONMENT": "test",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PASSWORD_TIME_COST": "1",
        "PASSWORD_MEMORY_KIB": "64",
        "LOGIN_ATTEMPTS": "1000",
        "LOG_LEVEL": "WARNING",
    }
