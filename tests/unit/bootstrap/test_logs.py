"""What is logged of an error never tells the values of variables."""

import subprocess
import sys

PROGRAM = """
import structlog
from apiwright.bootstrap.logs import configure_logs
from apiwright.bootstrap.settings import settings_from

def work(key):
    raise ValueError("it went wrong")

configure_logs(settings_from(log_format={form!r}))
try:
    work("planted-" + "key")
except ValueError:
    structlog.get_logger("x").exception("a step failed")
"""


def test_a_traceback_holds_no_values() -> None:
    for form in ("text", "json"):
        done = subprocess.run([sys.executable, "-c", PROGRAM.format(form=form)], capture_output=True, text=True, check=True)
        assert "it went wrong" in done.stderr
        assert "in work" in done.stderr
        assert "planted-key" not in done.stderr
