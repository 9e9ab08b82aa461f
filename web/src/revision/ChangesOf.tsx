import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';

import { cancel, revision as getRevision } from '../api/service';
import type { FieldConversion, Generation } from '../api/types';
import { isTerminal } from '../stream/event';
import { Failure, Waiting } from '../ui/Notice';
import { again } from './again';
import { Changes } from './Changes';
import { conversionOf, loses, placeOf, type Pick } from './conversion';

/** The changes of a generation, with the choice of what becomes of rows that do not fit: it is asked for again with it, and shown before it is made. */
export function ChangesOf({ generation }: { generation: Generation }) {
  const [, go] = useLocation();
  const known = useQuery({ queryKey: ['revision', generation.id], queryFn: () => getRevision(generation.id) });
  const [picks, setPicks] = useState<Readonly<Record<string, Pick>>>({});
  const offers = (known.data?.changes ?? []).flatMap((change) => (change.offer ? [change.offer] : []));
  const conversions = offers.flatMap((offer): FieldConversion[] => {
    const pick = picks[placeOf(offer)];
    const made = pick ? conversionOf(offer, pick) : null;
    return made ? [made] : [];
  });
  const ask = useMutation({
    mutationFn: async () => {
      const lossy = Object.values(picks).some(loses) || known.data?.changes.some((change) => change.loses !== '');
      const made = await again(generation, { review: true, conversions, ...(lossy ? { allow_data_loss: true } : {}) });
      if (!isTerminal(generation.status)) await cancel(generation.id);
      return made;
    },
    onSuccess: (made) => go(`/g/${made.id}`),
  });

  if (known.isPending) return <Waiting what="the changes" />;
  if (known.isLoadingError) return <Failure error={known.error} retry={() => void known.refetch()} />;
  return (
    <div className="stack">
      <Changes revision={known.data} picks={picks} onPick={(place, pick) => setPicks({ ...picks, [place]: pick })} />
      {conversions.length > 0 && (
        <p className="row">
          <button type="button" className="button primary" disabled={ask.isPending} onClick={() => ask.mutate()}>Plan it with this choice</button>
          <span className="hint">Nothing is made before you have seen what it does.</span>
        </p>
      )}
      {ask.isError && <Failure error={ask.error} />}
    </div>
  );
}
