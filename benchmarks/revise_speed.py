"""How long a revision of a project of 20 entities takes: in process without proof, and with it.

python -m benchmarks.revise_speed
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from apiwright.compiler import compile_blueprint
from apiwright.filetree import FileTree, staged
from apiwright.kit.places import cache_root
from apiwright.pipeline.beginning import beginning
from apiwright.pipeline.proof import Step, laid_out, prove, requirements_of
from apiwright.pipeline.revision import Revised, Wish, revise
from apiwright.pipeline.stages import review
from apiwright.pipeline.versions import History, first_version, read_history
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.verifier import Standby
from benchmarks.command_speed import prompt
from benchmarks.floor import environment, floor_seconds
from benchmarks.tables import keep

ROUNDS, PROOFS = 7, 3
KEPT = ("passed", "known")
"""What a proof leaves in the cache for the next one."""
REQUESTS = (
    ("a field", "products need a nickname and a rating (integer, 1 to 5)"),
    ("an entity", "add comments to products"),
    ("a rename", "rename Product to Article"),
)


def project(directory: Path) -> History:
    """A project of 20 entities with an edit by hand in each of ten files."""
    blueprint = EmbeddedPlanner().plan(prompt(20))
    version = first_version(blueprint)
    tree = FileTree([*compile_blueprint(blueprint), version.record()])
    with beginning(directory) as history:
        history.keep(version, tree, tree)
        with staged(tree, directory) as staging:
            history.settle(staging.path)
            staging.publish()
    own = [path for path in sorted((directory / "app" / "routers").glob("*.py")) if "product" not in path.stem and path.stem != "__init__"]
    for path in own[:10]:
        path.write_text(path.read_text("utf-8") + "\n\nMINE = 1\n", "utf-8")
    return read_history(directory)


def asked(history: History, words: str) -> Revised:
    """The whole way from the words to the merged tree."""
    changes = EmbeddedPlanner().revise(history.last.blueprint, words)
    return revise(history, changes, Wish(kind="revise", request=words))


def proven(history: History, words: str) -> None:
    """All that the command does: read the request, compile, merge, lay the version out, and prove it with the way to it."""
    with Standby() as standby:
        standby.prepare(requirements_of(history.directory), level="standard")
        revised = asked(history, words)
        with laid_out(history.directory, revised.merge) as directory:
            step = Step(before=revised.former, version=revised.version, former=history.directory)
            report = prove(directory, step, level="standard", emit=lambda _: None, standby=standby)
    print(", ".join(f"{check.name} {check.seconds:.1f} ({check.detail})" for check in report.checks))
    failed = [(check.name, [item.message for item in check.findings[:3]]) for check in report.failed]
    assert report.ok, failed


def seconds_apart(work: str, history: History, words: str) -> float:
    """Seconds of `asked` or `proven` in a process of its own, where nothing is known yet from another time."""
    command = [sys.executable, "-m", "benchmarks.revise_speed", work, str(history.directory), words]
    told = subprocess.run(command, check=True, env=environment(), stdout=subprocess.PIPE, text=True).stdout
    *lines, seconds = told.splitlines()
    print(*lines, sep="\n", end="\n" if lines else "", flush=True)
    return float(seconds)


def proven_seconds(history: History, words: str, kept: Path) -> tuple[float, float]:
    """Median seconds of it all, each time as if it were the first after the proof of the version before, and of the floor in between."""
    seconds, floors = list[float](), list[float]()
    for _ in range(PROOFS):
        forget()
        for name in KEPT:
            shutil.copytree(kept / name, cache_root() / name)
        floors.append(floor_seconds())
        seconds.append(seconds_apart("proven", history, words))
    return median(seconds), median(floors)


def forget() -> None:
    """Remove what proofs have left."""
    for name in KEPT:
        shutil.rmtree(cache_root() / name, ignore_errors=True)


def main() -> None:
    """Measure, print, keep."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as place:
        history = project(Path(place, "project"))
        forget()
        began = time.perf_counter()
        assert review(history.directory, level="standard", emit=lambda _: None).ok
        first = time.perf_counter() - began
        print(f"the first version: {first:.1f} s of proof", flush=True)
        kept = Path(place, "kept")
        for name in KEPT:
            shutil.copytree(cache_root() / name, kept / name)
        for name, words in REQUESTS:
            revised = asked(history, words)
            assert not revised.merge.conflicts, revised.merge.conflicts
            files = f"{len(revised.diffs)} of {len(revised.merge.tree)} files, {len(revised.merge.kept)} edited by hand"
            without = median(seconds_apart("asked", history, words) for _ in range(ROUNDS))
            print(f"{name}: {without:.2f} s without its proof", flush=True)
            whole, floor = proven_seconds(history, words, kept)
            print(f"{name}: {whole:.1f} s with it, {whole / floor:.0f} times the floor of {floor * 1000:.0f} ms", flush=True)
            rows.append(
                [
                    name,
                    files,
                    f"{without:.2f} s (target 1.0)",
                    f"{whole:.1f} s (target 8)",
                    f"{whole / floor:.0f}",
                    f"{floor * 1000:.0f} ms",
                ]
            )
    head = [
        "what is asked for",
        "differs",
        "read, migrate, compile, merge",
        "proof included, `standard` and the upgrade",
        "times the floor",
        "the floor",
    ]
    notes = [
        f"A project of 20 entities, whose first version took {first:.1f} s of proof.",
        f"Medians: of {ROUNDS} without proof, of {PROOFS} with it, each in a process of its own, from when it has been imported.",
        "The floor is a Python that imports pydantic, timed between the proofs; the target is 89 times it, where it takes 0.09 s.",
        "The tests of entities that nothing has changed for were proven with the first version; see `pipeline/reuse.py`.",
    ]
    keep("revise-speed", "From one version to the next", head, rows, notes)


def one(work: str, directory: str, words: str) -> None:
    """Do it once, and print its seconds."""
    history = read_history(Path(directory))
    start = time.perf_counter()
    {"asked": asked, "proven": proven}[work](history, words)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    one(*sys.argv[1:]) if sys.argv[1:] else main()
