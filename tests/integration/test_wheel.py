"""The wheel carries the built page, so that who installs it needs no Node."""

import re
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/apiwright/api/web"


def test_the_wheel_carries_the_page_as_it_was_built(tmp_path: Path) -> None:
    subprocess.run([ROOT / "scripts/page"], check=True, timeout=240)
    subprocess.run([ROOT / ".venv/bin/uv", "build", "--wheel", "-q", "-o", tmp_path, ROOT], check=True, timeout=240)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        carried = {name: wheel.read(name) for name in wheel.namelist() if name.startswith("apiwright/api/web/")}
    made = {f"apiwright/api/web/{path.relative_to(BUILT).as_posix()}": path.read_bytes() for path in BUILT.rglob("*") if path.is_file()}
    assert carried == made
    named = re.findall(r'(?:src|href)="/([^"]+)"', carried["apiwright/api/web/index.html"].decode())
    assert named
    assert all(f"apiwright/api/web/{name}" in carried for name in named)
