"""A report as a page that a person reads: one HTML file, nothing loaded from anywhere, every text escaped."""

from html import escape

from apiwright.verifier.report import CheckResult, Finding, VerificationReport

_MOST = 200
_MARKS = {"passed": "✓", "failed": "✗", "skipped": "-"}
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem; border-bottom: 1px solid #8884; vertical-align: top; }
td.time { text-align: right; font-variant-numeric: tabular-nums; }
.passed { color: #18794e; } .failed { color: #cd2b31; } .skipped { color: #946800; }
@media (prefers-color-scheme: dark) { .passed { color: #4cc38a; } .failed { color: #ff6369; } .skipped { color: #f1a10d; } }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; background: #8881; max-height: 30rem; }
"""


def readable_page(report: VerificationReport) -> str:
    """The report as one HTML document."""
    verdict = "Proven" if report.ok else "Not proven"
    failed = len(report.failed)
    summary = (
        f"{len(report.checks)} checks at level {report.level} in {report.seconds:.2f} s, {failed} failed. Isolation: {report.isolation}."
    )
    rows = "\n".join(_row(check) for check in report.checks)
    details = "\n".join(_details(check) for check in report.checks if check.findings)
    notes = f"<h2>Notes</h2>\n<ul>{''.join(f'<li>{escape(note)}</li>' for note in report.notes)}</ul>" if report.notes else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{verdict}: verification report</title>
<style>{_STYLE}</style>
</head>
<body>
<h1 class="{"passed" if report.ok else "failed"}">{verdict}</h1>
<p>{escape(summary)}</p>
<table>
<thead><tr><th>Check</th><th>Result</th><th>What was done</th><th>Seconds</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
{notes}
{details}
</body>
</html>
"""


def _row(check: CheckResult) -> str:
    name = escape(check.name)
    shown = f'<a href="#{name}">{name}</a>' if check.findings else name
    return (
        f'<tr><td>{shown}</td><td class="{check.status}">{_MARKS[check.status]} {check.status}</td>'
        f'<td>{escape(check.detail)}</td><td class="time">{check.seconds:.2f}</td></tr>'
    )


def _details(check: CheckResult) -> str:
    items = "\n".join(_item(finding) for finding in check.findings[:_MOST])
    more = f"<p>and {len(check.findings) - _MOST} more</p>" if len(check.findings) > _MOST else ""
    output = f"<details><summary>Output</summary><pre>{escape(check.output)}</pre></details>" if check.output else ""
    return f'<section id="{escape(check.name)}">\n<h2>{escape(check.name)}</h2>\n<ul>\n{items}\n</ul>\n{more}{output}\n</section>'


def _item(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    shown = f"<code>{escape(place)}</code> " if place else ""
    rule = f" <code>[{escape(finding.rule)}]</code>" if finding.rule else ""
    return f"<li>{shown}{escape(finding.message)}{rule}</li>"
