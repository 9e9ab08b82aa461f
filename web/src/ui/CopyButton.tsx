import { useEffect, useState } from 'react';

import { CopyIcon, TickIcon } from './icons';

async function copy(text: string): Promise<void> {
  // Without https (and not on localhost) there is no clipboard object, whatever its type says: the call throws, and we say so.
  await navigator.clipboard.writeText(text);
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1_600);
    return () => clearTimeout(timer);
  }, [state]);

  const said = { idle: '', copied: 'Copied', failed: 'Select and copy it by hand' }[state];
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        title={said || label}
        onClick={() => void copy(text).then(() => setState('copied'), () => setState('failed'))}
      >
        {state === 'copied' ? <TickIcon className="good" /> : <CopyIcon />}
      </button>
      <span className="visually-hidden" role="status">{said}</span>
    </>
  );
}
