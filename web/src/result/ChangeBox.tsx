import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';

import './change-box.css';
import { Problem } from '../api/problem';
import { iterate } from '../api/service';
import type { Level } from '../api/types';
import { EditedTree } from '../revision/EditedTree';
import { Failure } from '../ui/Notice';

const IDEAS = ['Add comments to every item', 'Let an admin see all rows', 'Add a due date and a priority (low, normal, high)'];

/** The next version after `parent`, asked for in words, and proven as far as `verify`: as the one that it follows. */
export function ChangeBox({ parent, verify, initial = '' }: { parent: string; verify: Level; initial?: string }) {
  const [, go] = useLocation();
  const [prompt, setPrompt] = useState(initial);
  const [review, setReview] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  async function send() {
    if (busy) return;
    if (prompt.trim() === '') {
      setError(new Problem(422, 'What shall change?', 'Say what to add, change or remove; all the rest stays as it is.'));
      box.current?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const made = await iterate(parent, prompt.trim(), { review, verify }, crypto.randomUUID());
      go(`/g/${made.id}`);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  }

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter sends from every field of it
    <form
      onKeyDown={onKeyDown}
      className={prompt === '' && error === null ? 'change-box empty' : 'change-box'}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="change-line">
        <label htmlFor={id}>Change it</label>
        <textarea
          id={id} ref={box} data-slash rows={prompt === '' ? 1 : 3} maxLength={20_000} value={prompt} placeholder={IDEAS.join(' · ')} aria-keyshortcuts="/ Control+Enter"
          aria-describedby={`${id}n`} onChange={(event) => setPrompt(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={busy}>{busy ? 'Sending…' : 'Make the next version'} <kbd aria-hidden="true">Ctrl ↵</kbd></button>
      </div>
      <div className="row spread change-more">
        <p className="hint" id={`${id}n`}>The next version is this one plus your change. Nothing that you do not mention is touched.</p>
        <label className="tick"><input type="checkbox" checked={review} onChange={(event) => setReview(event.target.checked)} /> Review the plan first</label>
      </div>
      <EditedTree id={parent} />
      {error !== null && <Failure error={error} />}
    </form>
  );
}
