"""On a Debian without a browser, `scripts/browser` installs Chromium from Debian's packages, and the tests of the page run in it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NEEDS = ("debootstrap", "bwrap")

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2_400)]


class Debian:
    """A Debian in a directory, with the project's scripts in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        subprocess.run(["debootstrap", "--variant=minbase", "stable", root], check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(PROJECT / "scripts", root / "src/scripts")
        # Its npm packages are not what is tried here.
        lock = root / "src/tests/browser/node_modules/.package-lock.json"
        lock.parent.mkdir(parents=True)
        shutil.copy(PROJECT / "tests/browser/package-lock.json", lock.parents[1])
        lock.touch()

    def command(self, *args: str) -> list[str]:
        """What runs `args` in it, as root; the network and the temporary files are the machine's."""
        place = tempfile.gettempdir()
        enter = ["bwrap", "--bind", str(self.root), "/", "--proc", "/proc", "--dev", "/dev", "--bind", place, place]
        return [*enter, "--ro-bind", "/etc/resolv.conf", "/etc/resolv.conf", "--cap-add", "ALL", "--chdir", "/src", *args]

    def run(self, *args: str) -> "subprocess.CompletedProcess[str]":
        """Run `args` in it."""
        return subprocess.run(self.command(*args), capture_output=True, text=True, timeout=900, check=False)


@pytest.fixture
def debian(tmp_path: Path) -> Debian:
    missing = [name for name in NEEDS if shutil.which(name) is None]
    if os.geteuid() != 0 or missing:
        pytest.skip(f"a bare Debian takes root and {' and '.join(NEEDS)}")
    return Debian(tmp_path / "debian")


def test_chromium_is_installed_from_debians_packages_when_missing_and_the_page_is_tested_in_it(debian: Debian, tmp_path: Path) -> None:
    assert not (debian.root / "usr/bin/chromium").exists()
    first = debian.run("sh", "scripts/browser")
    assert (first.returncode, first.stderr) == (0, "browser: installing Chromium\n"), first.stderr
    assert debian.run("dpkg", "-S", "/usr/bin/chromium").stdout == "chromium: /usr/bin/chromium\n"
    again = debian.run("sh", "scripts/browser")
    assert (again.returncode, again.stderr) == (0, "")

    browser = tmp_path / "chromium"
    browser.write_text(f'#!/bin/sh\nexec {" ".join(debian.command("/usr/bin/chromium"))} "$@"\n')
    browser.chmod(0o755)
    environment = os.environ | {"CHROMIUM": str(browser)}
    subprocess.run([PROJECT / "scripts/page"], check=True)
    subprocess.run([PROJECT / "scripts/browser"], check=True, env=environment)
    test = [PROJECT / "scripts/with-node", "npm", "test", "--", "limits", "-g", "first load"]
    done = subprocess.run(test, cwd=PROJECT / "tests/browser", env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
