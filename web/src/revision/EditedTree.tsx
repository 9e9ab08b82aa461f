import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import './revision.css';
import { dropEdits, edits as getEdits, sendEdits } from '../api/service';
import type { Edits } from '../api/types';
import { plural } from '../ui/format';
import { Failure } from '../ui/Notice';

/** The files as their user has them: the next version is made from them, and keeps what was edited. */
export function EditedTree({ id }: { id: string }) {
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ['edits', id], queryFn: () => getEdits(id) });
  const keep = (edits: Edits | null) => queries.setQueryData(['edits', id], edits);
  const send = useMutation({ mutationFn: (zip: Blob) => sendEdits(id, zip), onSuccess: keep });
  const drop = useMutation({ mutationFn: () => dropEdits(id), onSuccess: () => keep(null) });
  const error = send.error ?? drop.error;
  // Of no interest before somebody writes, unless there is something to say.
  const quiet = !known.data && !send.isPending && error === null;
  return (
    <div className={`edited-tree${quiet ? ' change-more' : ''}`}>
      <div className="row">
        <label className={`button small file-button${send.isPending ? ' busy' : ''}`}>
          {send.isPending ? 'Sending…' : 'Send my edited files'}
          <input
            type="file" accept=".zip,application/zip" aria-label="The project as you have edited it, as a zip" disabled={send.isPending}
            onChange={(event) => {
              const zip = event.target.files?.[0];
              if (zip) send.mutate(zip);
              event.target.value = '';
            }}
          />
        </label>
        <p className="hint" role="status">
          {known.data ? <>The next version keeps your edits: {summaryOf(known.data)}.</> : 'You edited the project? Send it back as a zip; the next version keeps your edits.'}
        </p>
        {known.data && <button type="button" className="button small quiet" disabled={drop.isPending} onClick={() => drop.mutate()}>Leave them out</button>}
      </div>
      {error && <Failure error={error} />}
    </div>
  );
}

function summaryOf({ changed, added, removed }: Edits): string {
  const parts = [[changed, 'changed'], [added, 'added'], [removed, 'removed']] as const;
  const told = parts.filter(([paths]) => paths.length > 0).map(([paths, what]) => `${plural(paths.length, 'file')} ${what}`);
  return told.length > 0 ? told.join(', ') : 'none, every file is as it was made';
}
