import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import '../plan/plan.css';
import './revision.css';
import { revision as getRevision, solve } from '../api/service';
import type { Conflict, Generation } from '../api/types';
import { plural } from '../ui/format';
import { Failure, Waiting } from '../ui/Notice';
import { Changes } from './Changes';
import { isMarked } from './conflict';
import { ConflictFile } from './ConflictFile';

type Marked = Conflict & { text: string };

/** A version that waits: the same lines were changed by its user and by the generator, and somebody has to say what is right. */
export function SolveConflicts({ generation }: { generation: Generation }) {
  const queries = useQueryClient();
  const known = useQuery({ queryKey: ['revision', generation.id], queryFn: () => getRevision(generation.id), staleTime: Infinity });
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const marked = (known.data?.conflicts ?? []).filter((conflict): conflict is Marked => conflict.blocks && conflict.text !== null);
  const textOf = (conflict: Marked) => texts[conflict.path] ?? conflict.text;
  const solved = marked.filter((conflict) => !isMarked(textOf(conflict)));
  const goOn = useMutation({
    mutationFn: () => solve(generation.id, marked.map((conflict) => ({ path: conflict.path, text: textOf(conflict) }))),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['generation', generation.id] }),
  });

  if (known.isPending) return <Waiting what="the conflicts" />;
  if (known.isLoadingError) return <Failure error={known.error} retry={() => void known.refetch()} />;
  return (
    <div className="stack solve">
      <div>
        <h2>{plural(marked.length, 'file')} to decide</h2>
        <p className="quiet-text">You and this version changed the same lines. Choose a side in each place, or write what is right; all your other edits are in already. Nothing is published before.</p>
      </div>
      {marked.map((conflict) => (
        <ConflictFile key={conflict.path} path={conflict.path} marked={conflict.text} text={textOf(conflict)} onText={(text) => setTexts((before) => ({ ...before, [conflict.path]: text }))} />
      ))}
      <Changes revision={known.data} />
      {goOn.isError && <Failure error={goOn.error} />}
      <footer className="plan-foot">
        <p role="status" className="quiet-text">{solved.length === marked.length ? 'Every conflict is solved.' : `${solved.length} of ${plural(marked.length, 'file')} solved.`}</p>
        <button
          type="button" className="button primary" data-command="Go on with the solved files" disabled={solved.length < marked.length || goOn.isPending || goOn.isSuccess}
          onClick={() => goOn.mutate()}
        >
          Go on with these files
        </button>
      </footer>
    </div>
  );
}
