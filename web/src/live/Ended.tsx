import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';

import './ended.css';
import { generate, report as getReport, type Wish } from '../api/service';
import type { CheckResult, Diagnostic, Generation } from '../api/types';
import { holdDraft } from '../pages/wish';
import { ChangeBox } from '../result/ChangeBox';
import { again as askAgain } from '../revision/again';
import { LossesToConfirm } from '../revision/LossesToConfirm';
import { Misread } from '../revision/Misread';
import { Failure, Notice } from '../ui/Notice';
import { capital } from '../ui/format';
import type { Build } from './state';

/** How a build that made nothing ended, why, and the two ways on: the same again, or other words. */
export function Ended({ generation, build }: { generation: Generation; build: Build }) {
  const [, go] = useLocation();
  const again = useMutation({
    mutationFn: () => (generation.parent_generation_id === null ? generate(wishOf(generation), crypto.randomUUID()) : askAgain(generation, {})),
    onSuccess: (made) => go(`/g/${made.id}`),
  });
  const failed = generation.status === 'failed';
  const hasReport = failed && build.checks.some((check) => check.status === 'failed');
  const report = useQuery({ queryKey: ['report', generation.id], queryFn: () => getReport(generation.id), enabled: hasReport, retry: false });
  const checks = report.data?.checks.filter((check) => check.status === 'failed') ?? [];
  const diagnostics = generation.error?.diagnostics ?? [];
  const losses = diagnostics.filter(({ code }) => code === 'data-loss');
  const title = failed ? (generation.error?.message ?? build.message) : 'This build was cancelled';
  const told = diagnostics.filter(({ message, hint }) => message !== title || hint !== '');
  const change = generation.kind === 'revise' ? generation.parent_generation_id : null;

  if (losses.length > 0) {
    return (
      <div className="stack">
        <LossesToConfirm generation={generation} losses={losses} />
        {change !== null && <ChangeBox parent={change} verify={generation.verify} initial={generation.prompt} />}
      </div>
    );
  }
  return (
    <div className="stack">
      <Notice tone={failed ? 'bad' : 'note'} title={title}>
        <p>{outcome(generation, hasReport)}</p>
        <Misread prompt={generation.prompt} diagnostics={diagnostics} />
        {told.length > 0 && (
          <ul className="troubles">
            {told.map((item: Diagnostic) => (
              <li key={`${item.code}${item.where}${item.message}`}>{item.message !== title && item.message} {item.hint && <span className="quiet-text">{item.hint}</span>}</li>
            ))}
          </ul>
        )}
        <p className="row">
          <button type="button" className="button primary" data-command="Build the same again" disabled={again.isPending} onClick={() => again.mutate()}>Try again</button>
          {generation.kind !== 'rollback' && <button
            type="button" className="button" data-command="Revise the prompt"
            onClick={() => {
              if (change !== null) {
                document.querySelector<HTMLElement>('.change-box textarea')?.focus();
                return;
              }
              holdDraft(wishOf(generation));
              go('/');
            }}
          >
            {change === null ? 'Revise the prompt' : 'Say it in other words'}
          </button>}
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
      {change !== null && <ChangeBox parent={change} verify={generation.verify} initial={generation.prompt} />}
    </div>
  );
}

function outcome(generation: Generation, proofFailed: boolean): string {
  if (generation.status !== 'failed') return 'The work was stopped, and nothing was published.';
  if (proofFailed) return 'Nothing was published: a project that is not proven is not handed out.';
  return generation.parent_generation_id === null ? 'Nothing was made.' : 'Nothing was changed: the version before is as it was.';
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
