import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';

import './revision.css';
import type { Diagnostic, Generation } from '../api/types';
import { Failure, Notice } from '../ui/Notice';
import { again } from './again';

/** Stored values that a version would throw away: it is made when its user has said so, and not before. */
export function LossesToConfirm({ generation, losses }: { generation: Generation; losses: readonly Diagnostic[] }) {
  const [, go] = useLocation();
  const [agreed, setAgreed] = useState(false);
  const goOn = useMutation({ mutationFn: () => again(generation, { allow_data_loss: true }), onSuccess: (made) => go(`/g/${made.id}`) });
  return (
    <Notice tone="warn" title="This would throw stored values away">
      <ul className="losses">
        {losses.map((loss) => <li key={loss.where}><strong>{loss.where}</strong> {loss.message}</li>)}
      </ul>
      <p>Nothing was changed. If something is only to have another name, ask for it to be renamed: then its values stay.</p>
      <label className="tick"><input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} /> These values may be lost</label>
      <p className="row">
        <button type="button" className="button danger" disabled={!agreed || goOn.isPending} onClick={() => goOn.mutate()}>Make the version all the same</button>
      </p>
      {goOn.isError && <Failure error={goOn.error} />}
    </Notice>
  );
}
