"""The readable report: one page, nothing of the project can become markup in it."""

from html.parser import HTMLParser

from apiwright.verifier import CheckResult, Finding, VerificationReport, readable_page

HOSTILE = "<script>alert(1)</script><img src=x onerror='y'>&\"`"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def report(status: str = "failed") -> VerificationReport:
    finding = Finding(message=HOSTILE, path=f"app/{HOSTILE}.py", line=3, rule=HOSTILE)
    broken = CheckResult(name="lint", level="quick", status="failed", seconds=0.5, findings=(finding,), detail=HOSTILE, output=HOSTILE)
    good = CheckResult(name="parse", level="quick", status="passed", seconds=0.1, detail="3 modules")
    checks = (good, broken) if status == "failed" else (good,)
    return VerificationReport(level="quick", checks=checks, seconds=1.25, isolation="bubblewrap", notes=(HOSTILE,))


def test_hostile_text_stays_text() -> None:
    page = Tags()
    page.feed(readable_page(report()))
    assert "script" not in page.seen
    assert "img" not in page.seen
    assert page.text.count("alert(1)") == 6


def test_it_says_whether_the_project_is_proven() -> None:
    assert ">Not proven<" in readable_page(report())
    assert ">Proven<" in readable_page(report("passed"))


def test_it_loads_nothing() -> None:
    page = readable_page(report())
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page
