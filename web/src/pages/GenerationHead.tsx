import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';

import { cancel } from '../api/service';
import type { Generation, Project } from '../api/types';
import { StageRail } from '../live/StageRail';
import type { Build } from '../live/state';
import { isTerminal, type Status } from '../stream/event';
import { Failure } from '../ui/Notice';

const WORDS: Record<Status, string> = {
  pending: 'Waiting',
  processing: 'Building',
  awaiting_approval: 'Your turn',
  completed: 'Proven',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

interface Props {
  generation: Generation;
  project: Project | undefined;
  status: Status;
  build: Build;
}

/** Whose build this is, the words it is made from, and how far it is. */
export function GenerationHead({ generation, project, status, build }: Props) {
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: () => cancel(generation.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['generation', generation.id] }),
  });
  const word = status === 'completed' && generation.verify === 'none' ? 'Not verified' : WORDS[status];
  return (
    <header className="generation-head">
      <div className="generation-title">
        <p className="label">
          <Link href={`/projects/${generation.project_id}`}>Project</Link>
          {generation.version !== null && <> / Version {generation.version}</>}
        </p>
        <h1>{project?.name ?? '…'}</h1>
      </div>
      <p className={`stamp ${word === 'Not verified' ? 'unproven' : status}`} aria-live="polite">{word}</p>
      {!isTerminal(status) && (
        <button type="button" className="button small" data-command="Cancel this build" disabled={stop.isPending || stop.isSuccess} onClick={() => stop.mutate()}>
          {stop.isIdle || stop.isError ? 'Cancel' : 'Cancelling…'}
        </button>
      )}
      <details className="generation-prompt">
        <summary><span className="label">Prompt</span> <span className="words">{generation.prompt}</span></summary>
        <p>{generation.prompt}</p>
      </details>
      {stop.isError && <Failure error={stop.error} />}
      {status !== 'completed' && <StageRail build={build} status={status} />}
    </header>
  );
}
