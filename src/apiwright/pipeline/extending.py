"""Stage `code`, its second part: the modules that a blueprint only names are written, tried in the sandbox, and mended or left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from apiwright.blueprint import Blueprint
from apiwright.compiler import ExtensionPoint, extension_points
from apiwright.diagnostics import Diagnostic
from apiwright.errors import ModelError, VerificationUnavailableError
from apiwright.filetree import FileTree
from apiwright.kit.stubs import is_written
from apiwright.pipeline.events import Emit, Event
from apiwright.pipeline.inspection import objections
from apiwright.pipeline.sources import sources_for
from apiwright.pipeline.standing import not_written, stubs_in, told
from apiwright.planner import Progress
from apiwright.planner.writing import Assignment, Draft, Writer
from apiwright.verifier import Finding

if TYPE_CHECKING:
    from apiwright.verifier.trial import Piece

REPAIRS = 3
_PROGRESS = 0.6
Problems = dict[str, tuple[Diagnostic, ...]]


class LeftOut(Struct, frozen=True, kw_only=True):
    """An extension that is a stub, as it was, and why nothing came of it."""

    name: str
    path: str
    reason: str

    @property
    def sentence(self) -> str:
        """For people."""
        return f"{self.name}: {self.reason}"


class Extended(Struct, frozen=True, kw_only=True):
    """What came of a project's extensions.

    Attributes:
        tree: The project, with what was written.
        written: Names of the extensions that hold now.
        left_out: Those that do not; nothing of them is in the tree.
        not_written: Names of all that are stubs, whoever was to write them.
        usage: What a language model has used for the generation in all.
    """

    tree: FileTree
    written: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_written: tuple[str, ...] = ()
    usage: Mapping[str, Any] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of a report must know, beside what its checks tell."""
        return tuple(f"Not done: {item.sentence}" for item in self.left_out)

    @property
    def unproven_notes(self) -> tuple[str, ...]:
        """The same where there is no report."""
        return (*self.notes, *not_written(self.not_written))

    def as_dict(self) -> dict[str, Any]:
        """As JSON-ready values, without the files."""
        left_out = [asdict(item) for item in self.left_out]
        return {"written": list(self.written), "left_out": left_out, "not_written": list(self.not_written)}


def extend(  # noqa: PLR0913 - keyword-only
    blueprint: Blueprint,
    tree: FileTree,
    *,
    writer: Writer | None,
    request: str,
    spent: Mapping[str, Any] | None,
    emit: Emit,
    deep: bool = False,
) -> Extended:
    """Write what nobody has written yet. What a person has touched, the module or its tests, is left alone.

    Args:
        blueprint: Of the project.
        tree: Every file of it.
        writer: Who writes; nobody where there is None.
        request: The words that it was asked for with.
        spent: What a language model has used for this generation before.
        emit: Told what comes of it.
        deep: Whether the checks of that level have to find nothing, too.
    """
    points = {point.title: point for point in extension_points(blueprint) if _is_open(point, tree)} if writer else {}
    if writer is None or not points:
        return Extended(tree=tree, not_written=stubs_in(tree, blueprint), usage=spent)
    message = f"{len(points)} to write: {', '.join(points)}"
    emit(_event("extensions", message, {"writer": writer.name, "extensions": list(points)}))
    workshop = _Workshop(writer=writer, request=request, blueprint=blueprint, tree=tree, points=points, emit=emit, deep=deep, usage=spent)
    try:
        workshop.work()
    except VerificationUnavailableError as error:
        workshop.leave_all_out(str(error))
    return workshop.result()


def assignment_of(point: ExtensionPoint, blueprint: Blueprint, tree: FileTree) -> Assignment:
    """What is asked of whoever writes an extension."""
    return Assignment(
        name=point.title,
        kind=point.kind,
        description=point.description,
        signature=point.signature,
        imports=point.imports,
        test_imports=point.test_imports,
        stub=point.stub,
        test_stub=point.test_stub,
        sources=sources_for(point, blueprint, tree),
    )


def _is_open(point: ExtensionPoint, tree: FileTree) -> bool:
    return (
        point.path in tree and not is_written(tree[point.path].text)
        and point.test_path in tree and tree[point.test_path].text == point.test_stub
    )  # fmt: skip


class _Workshop(Struct, kw_only=True):
    """Where extensions stand.

    Attributes:
        drafts: What may be in the tree: what holds, and what is still to be tried.
        handed_in: What came in last, fit or not.
        proven: Names of those drafts that hold.
        reasons: Why extensions are left out.
    """

    writer: Writer
    request: str
    blueprint: Blueprint
    tree: FileTree
    points: Mapping[str, ExtensionPoint]
    emit: Emit
    deep: bool
    usage: Mapping[str, Any] | None
    drafts: dict[str, Draft] = field(default_factory=dict[str, Draft])
    handed_in: dict[str, Draft] = field(default_factory=dict[str, Draft])
    proven: set[str] = field(default_factory=set[str])
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    repairs: Counter[str] = field(default_factory=Counter[str])
    failure: ModelError | None = None

    def work(self) -> None:
        """Ask, try, and ask again, until what is left holds."""
        from apiwright.verifier.trial import require_sandbox  # noqa: PLC0415 - most commands try nothing, and must start fast

        require_sandbox()  # before anything is paid for
        wanted: Problems = dict.fromkeys(self.points, ())
        while wanted:
            problems = self._ask(wanted)
            wanted = self._once_more({**problems, **self._try()})
            if wanted:
                self._tell_repairs(wanted)

    def leave_all_out(self, reason: str) -> None:
        self.drafts.clear()
        self.reasons = dict.fromkeys(self.points, reason)

    def result(self) -> Extended:
        """Tell each extension's end, and put together what there is."""
        left_out = tuple(LeftOut(name=name, path=self.points[name].path, reason=reason) for name, reason in self.reasons.items())
        for name in self.drafts:
            self.emit(_event(f"extension:{name}", "written, and proven by its tests", {"extension": name, "outcome": "done"}))
        for item in left_out:
            self.emit(
                _event(
                    f"extension:{item.name}",
                    f"not done: {item.reason}",
                    {"extension": item.name, "outcome": "left-out", "reason": item.reason},
                )
            )
        tree = told(self._extended(), self.blueprint)
        written = tuple(name for name in self.points if name in self.drafts)
        return Extended(tree=tree, written=written, left_out=left_out, not_written=stubs_in(tree, self.blueprint), usage=self.usage)

    def _ask(self, wanted: Problems) -> Problems:
        """Have extensions written; what is wrong with the answers, as far as it is to be seen."""
        if self.failure is not None:
            return dict.fromkeys(wanted, ())
        answer = self.writer.write(
            self.request, [self._assigned(name, problems) for name, problems in wanted.items()], spent=self.usage, tell=self._hear
        )
        self.failure = answer.failure
        problems: Problems = {}
        for name, before in wanted.items():
            self.drafts.pop(name, None)
            self.proven.discard(name)
            draft = answer.written.get(name)
            if draft is None:
                reason = answer.unusable.get(name)
                hint = "Answer by the schema, and shortly."
                problems[name] = (Diagnostic(code="answer-unreadable", message=reason, hint=hint),) if reason else before
                continue
            self.handed_in[name] = draft
            if found := objections(draft, self.points[name]):
                problems[name] = found
            else:
                self.drafts[name] = draft
        return problems

    def _assigned(self, name: str, problems: tuple[Diagnostic, ...]) -> Assignment:
        assignment = assignment_of(self.points[name], self.blueprint, self.tree)
        return replace(assignment, former=self.handed_in.get(name), problems=problems) if problems else assignment

    def _try(self) -> Problems:
        """Run what may be tried and has not been, beside what holds already; what is wrong with each."""
        from apiwright.verifier.trial import try_out  # noqa: PLC0415 - as above

        pieces = {name: _piece(self.points[name]) for name in self.drafts if name not in self.proven}
        if not pieces:
            return {}
        held = {name: _piece(self.points[name]) for name in self.drafts if name in self.proven}
        files = {file.path: file.text for file in self._extended()}
        trial = try_out(files, list(pieces.values()), beside=list(held.values()), deep=self.deep)
        for name, piece in pieces.items():
            self.drafts[name] = Draft(trial.files[piece.path], trial.files[piece.test_path])
        red = {name: _as_diagnostics(found) for name, piece in {**pieces, **held}.items() if (found := trial.findings.get(piece.path))}
        self.proven = set(self.drafts) - set(red)
        return red

    def _once_more(self, problems: Problems) -> Problems:
        """What goes back to the writer; the rest is left out."""
        again: Problems = {}
        for name, found in problems.items():
            if self.failure is None and self.repairs[name] < REPAIRS:
                self.repairs[name] += 1
                again[name] = found
                continue
            self.drafts.pop(name, None)
            self.reasons[name] = _reason(found, self.repairs[name], self.failure)
        return again

    def _extended(self) -> FileTree:
        texts = {path: text for name, draft in self.drafts.items() for path, text in _placed(self.points[name], draft)}
        return FileTree(replace(file, text=texts.get(file.path, file.text)) for file in self.tree)

    def _hear(self, step: Progress) -> None:
        self.usage = step.data.get("usage", self.usage)
        self.emit(_event(step.phase, step.message, step.data))

    def _tell_repairs(self, wanted: Problems) -> None:
        number = max(self.repairs[name] for name in wanted)
        problems = {name: [item.as_dict() for item in found[:10]] for name, found in wanted.items()}
        shown = "; ".join(f"{name}: {found[0].message}" for name, found in wanted.items() if found)
        self.emit(_event(f"extensions:repair-{number}", f"Repair {number} of {REPAIRS}: {shown}"[:500], {"problems": problems}))


def _piece(point: ExtensionPoint) -> "Piece":
    from apiwright.verifier.trial import Piece  # noqa: PLC0415 - as above

    return Piece(path=point.path, test_path=point.test_path, stub=point.stub, route=point.route)


def _placed(point: ExtensionPoint, draft: Draft) -> Iterable[tuple[str, str]]:
    return ((point.path, draft.module), (point.test_path, draft.test))


def _as_diagnostics(findings: Sequence[Finding]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code=item.rule or "test-failed", where=f"{item.path}:{item.line}" if item.line else item.path, message=_plain(item.message)
        )
        for item in findings
    )


def _reason(found: Sequence[Diagnostic], repairs: int, failure: ModelError | None) -> str:
    why = f"{found[0].where}: {found[0].message}" if found and found[0].where else found[0].message if found else ""
    if failure is not None:
        return f"{failure} {why}".strip()
    return f"what was written did not hold, after {repairs} repairs: {why}"


def _plain(text: str) -> str:
    """Words of code that nobody trusts, in one line and fit to be shown."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:600]


def _event(phase: str, message: str, data: Mapping[str, Any]) -> Event:
    return Event(stage="code", phase=phase, message=message, progress=_PROGRESS, data=data)
