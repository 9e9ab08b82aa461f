import { useState } from 'react';

import './report.css';
import type { CheckResult, Report } from '../api/types';
import { capital, seconds } from '../ui/format';
import { CrossIcon, DashIcon, TickIcon } from '../ui/icons';

const MEANING: Record<string, string> = {
  layout: 'Every file of the layout is there, and nothing else.',
  parse: 'Every Python file parses.',
  lint: 'Ruff finds nothing, and the code is formatted.',
  ruff: 'Ruff finds nothing, and the code is formatted.',
  types: 'A strict type checker accepts all of it, with no ignore.',
  import: 'The application imports.',
  imports: 'The application imports.',
  openapi: 'The OpenAPI document is valid.',
  migrations: 'Up to the newest schema, no drift, down to nothing, up again.',
  tests: 'The project’s own tests pass.',
  boot: 'It answers on a real socket, and somebody can log in.',
  fuzz: 'Requests made up from its OpenAPI document get only answers that it documents.',
  access: 'Nobody reaches another’s rows, not with a forged token either.',
  postgresql: 'The same on PostgreSQL.',
};

/** The proof: each check with its time, to scale. */
export function ReportView({ report }: { report: Report }) {
  const longest = Math.max(...report.checks.map((check) => check.seconds), 0.001);
  return (
    <div className="report sheet">
      <header className="panel-head">
        <h2>{report.ok ? 'Proven' : 'Not proven'}, level {report.level}</h2>
        <span className="label">{seconds(report.seconds)} · {report.isolation === 'none' ? 'resource limits only' : report.isolation}</span>
      </header>
      <ol>
        {report.checks.map((check) => <Line key={check.name} check={check} share={check.seconds / longest} />)}
      </ol>
      {report.notes.length > 0 && <ul className="notes">{report.notes.map((note) => <li key={note}>{note}</li>)}</ul>}
    </div>
  );
}

function Line({ check, share }: { check: CheckResult; share: number }) {
  const [open, setOpen] = useState(check.status === 'failed');
  const Icon = { passed: TickIcon, failed: CrossIcon, skipped: DashIcon }[check.status];
  const more = check.findings.length > 0 || check.output !== '';
  return (
    <li className={check.status}>
      <Icon />
      <div className="what">
        <h3>{capital(check.name.replaceAll('-', ' '))}<span className="visually-hidden"> {check.status}</span></h3>
        <p>{MEANING[check.name] ?? ''} {check.detail && <span className="mono">{check.detail}</span>}</p>
        {more && <button type="button" className="link small-text" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Hide' : 'Show'} what it said</button>}
        {open && more && (
          <div className="said">
            <ul>{check.findings.map((finding, index) => <li key={index}>{finding.path && <code>{finding.path}{finding.line === null ? '' : `:${finding.line}`} </code>}{finding.message}</li>)}</ul>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard */}
            {check.output && <pre tabIndex={0}>{check.output}</pre>}
          </div>
        )}
      </div>
      <span className="bar-of-time" aria-hidden="true"><span style={{ width: `${Math.max(1, share * 100)}%` }} /></span>
      <time className="mono">{seconds(check.seconds)}</time>
    </li>
  );
}
