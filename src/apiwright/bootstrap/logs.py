"""One log for everything: JSON lines, or text in a terminal, on standard error."""

import logging
import sys
from typing import Any

import structlog

from apiwright.config import Settings


def configure_logs(settings: Settings) -> None:
    """Send what this program and its libraries log to one place, in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    # Its own way to show a traceback tells the values of variables, keys among them.
    in_colour = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    as_json: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    rendered: list[Any] = [in_colour] if as_text else as_json
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for chatty in ("uvicorn.access", "alembic", "dbos"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.log_level.upper())),
        cache_logger_on_first_use=True,
    )
