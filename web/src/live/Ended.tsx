import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';

import './ended.css';
import { generate, iterate, report as getReport, type Wish } from '../api/service';
import type { CheckResult, Generation } from '../api/types';
import { holdDraft } from '../pages/wish';
import { Failure, Notice } from '../ui/Notice';
import { capital } from '../ui/format';
import type { Build } from './state';

/** How a build that made nothing ended, why, and the two ways on: the same again, or other words. */
export function Ended({ generation, build }: { generation: Generation; build: Build }) {
  const [, go] = useLocation();
  const again = useMutation({
    mutationFn: () => {
      const key = crypto.randomUUID();
      return generation.parent_generation_id === null
        ? generate(wishOf(generation), key)
        : iterate(generation.parent_generation_id, generation.prompt, generation.review, key);
    },
    onSuccess: (made) => go(`/g/${made.id}`),
  });
  const failed = generation.status === 'failed';
  const hasReport = failed && build.checks.some((check) => check.status === 'failed');
  const report = useQuery({ queryKey: ['report', generation.id], queryFn: () => getReport(generation.id), enabled: hasReport, retry: false });
  const checks = report.data?.checks.filter((check) => check.status === 'failed') ?? [];

  return (
    <div className="stack">
      <Notice tone={failed ? 'bad' : 'note'} title={failed ? (generation.error?.message ?? build.message) : 'This build was cancelled'}>
        <p>{failed ? 'Nothing was published: a project that is not proven is not handed out.' : 'The work was stopped, and nothing was published.'}</p>
        {generation.error?.diagnostics && (
          <ul className="troubles">
            {generation.error.diagnostics.map((item) => (
              <li key={`${item.code}${item.where}`}>{item.message} {item.hint && <span className="quiet-text">{item.hint}</span>}</li>
            ))}
          </ul>
        )}
        <p className="row">
          <button type="button" className="button primary" data-command="Build the same again" disabled={again.isPending} onClick={() => again.mutate()}>Try again</button>
          <button
            type="button" className="button" data-command="Revise the prompt"
            onClick={() => {
              holdDraft(wishOf(generation));
              go('/');
            }}
          >
            Revise the prompt
          </button>
        </p>
        {again.isError && <Failure error={again.error} />}
      </Notice>
      {checks.map((check) => <FailedCheck key={check.name} check={check} />)}
      {hasReport && report.isError && build.checks.filter((check) => check.status === 'failed').map((check) => (
        <section key={check.name} className="failed-check sheet">
          <h2>{capital(check.name.replaceAll('-', ' '))} failed</h2>
          <ul>{check.findings.map((finding, index) => <li key={index}>{finding}</li>)}</ul>
        </section>
      ))}
    </div>
  );
}

function FailedCheck({ check }: { check: CheckResult }) {
  return (
    <section className="failed-check sheet">
      <h2>{capital(check.name.replaceAll('-', ' '))} failed</h2>
      <ul>
        {check.findings.slice(0, 20).map((finding, index) => (
          <li key={index}>
            {finding.path && <code>{finding.path}{finding.line === null ? '' : `:${finding.line}`}</code>} {finding.message}
          </li>
        ))}
      </ul>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard */}
      {check.output && <pre tabIndex={0}>{check.output}</pre>}
    </section>
  );
}

function wishOf(generation: Generation): Wish {
  return {
    prompt: generation.prompt,
    project_id: generation.project_id,
    mode: generation.mode,
    verify: generation.verify,
    review: generation.review,
    ...(generation.database ? { database: generation.database } : {}),
  };
}
