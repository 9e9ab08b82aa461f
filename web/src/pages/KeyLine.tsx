import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type SyntheticEvent } from 'react';

import { Problem } from '../api/problem';
import { dropModelKey, putModelKey } from '../api/service';
import type { ModelKey, Models, Vendor } from '../api/types';
import { Confirm } from '../ui/Confirm';
import { ago, capital } from '../ui/format';
import { TickIcon } from '../ui/icons';
import { Failure } from '../ui/Notice';
import { useNow } from './use-now';

const NAMES: Record<Vendor, string> = { google: 'Google', openai: 'OpenAI', anthropic: 'Anthropic', 'openai-compatible': 'OpenAI-compatible server' };

interface Props {
  vendor: Vendor;
  /** Those of this vendor that may be asked for here. */
  models: Models['models'];
  stored: ModelKey | undefined;
  /** Whether the service takes keys. */
  open: boolean;
}

/** One vendor: whether there is a key, and what can be done about it. A key goes in, and never comes out again. */
export function KeyLine({ vendor, models, stored, open }: Props) {
  const [writing, setWriting] = useState(false);
  const queries = useQueryClient();
  const begin = useRef<HTMLButtonElement>(null);
  const name = NAMES[vendor];
  const changed = () => Promise.all([queries.invalidateQueries({ queryKey: ['model-keys'] }), queries.invalidateQueries({ queryKey: ['models'] })]);
  const close = () => {
    setWriting(false);
    begin.current?.focus();
  };

  return (
    <li className="sheet">
      <div>
        <h3>{name}</h3>
        {models.length > 0 && <p className="hint mono">{models.map((item) => item.model).join(', ')}</p>}
        <Standing models={models} stored={stored} />
      </div>
      <div className="row">
        {open && (
          <button ref={begin} type="button" className="button small" aria-expanded={writing} aria-label={`${stored ? 'Replace the' : 'Add a'} key for ${name}`} onClick={() => setWriting(!writing)}>
            {stored ? 'Replace' : 'Add a key'}
          </button>
        )}
        {stored && (
          <Confirm
            trigger={<button type="button" className="button small danger" aria-label={`Delete the key for ${name}`}>Delete</button>}
            title={`Delete your key for ${name}?`}
            text="Prompts that are planned after this do without it. At the vendor the key stays valid until you revoke it there."
            act="Delete the key"
            onConfirm={async () => {
              await dropModelKey(vendor);
              await changed();
            }}
          />
        )}
      </div>
      {writing && (
        <KeyForm
          name={name} onCancel={close}
          onKeep={async (key) => {
            await putModelKey(vendor, key);
            await changed();
            close();
          }}
        />
      )}
    </li>
  );
}

function Standing({ models, stored }: Pick<Props, 'models' | 'stored'>) {
  const now = useNow(60_000);
  const absent = models.find((item) => !item.usable)?.reason ?? '';
  if (stored) return <p className={absent ? 'warn' : 'good'}>{!absent && <TickIcon />} {absent || `Your key, stored ${ago(stored.stored_at, now)}`}</p>;
  return <p className="quiet-text">{models.some((item) => item.key === 'service') ? 'Asked with the service’s key' : absent || 'No key'}</p>;
}

function KeyForm({ name, onKeep, onCancel }: { name: string; onKeep: (key: string) => Promise<void>; onCancel: () => void }) {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const id = useId();
  const refused = error instanceof Problem && error.status === 422 ? error.fields['key']?.replace(/^Value error, /, '') : undefined;

  async function keep(event: SyntheticEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onKeep(key.trim());
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <form className="key-form" onSubmit={(event) => void keep(event)}>
      <label htmlFor={id}>Key for {name}</label>
      <div className="row">
        <input
          id={id} className="input mono" type="password" required minLength={8} maxLength={1_000} autoComplete="off" spellCheck={false}
          aria-invalid={refused !== undefined} aria-describedby={`${id}w`} value={key} onChange={(event) => setKey(event.target.value)}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the reader just asked for it
          autoFocus
          onKeyDown={(event) => event.key === 'Escape' && onCancel()}
        />
        <button type="submit" className="button primary" disabled={busy}>Keep it</button>
        <button type="button" className="button quiet" onClick={onCancel}>Not now</button>
      </div>
      <p className="wrong" id={`${id}w`} role="alert">{refused && capital(refused)}</p>
      {error !== null && refused === undefined && <Failure error={error} />}
    </form>
  );
}
