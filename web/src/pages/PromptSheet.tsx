import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';

import './prompt-sheet.css';
import { Problem } from '../api/problem';
import { models as getModels, type Wish } from '../api/service';
import type { Database, Level, Mode } from '../api/types';
import { useLogin } from '../shell/use-login';
import { Failure } from '../ui/Notice';
import { EXAMPLES } from './examples';
import { modelChoice } from './model-choice';

const LONGEST = 20_000;

interface Props {
  initial: Wish | null;
  onSend: (wish: Wish) => Promise<void>;
}

/** The sheet on which a backend begins. */
export function PromptSheet({ initial, onSend }: Props) {
  const [prompt, setPrompt] = useState(initial?.prompt ?? '');
  const [mode, setMode] = useState<Mode>(initial?.mode ?? 'auto');
  const [model, setModel] = useState(initial?.model ?? '');
  const [database, setDatabase] = useState<Database>(initial?.database ?? 'sqlite');
  const [verify, setVerify] = useState<Level>(initial?.verify ?? 'standard');
  const [review, setReview] = useState(initial?.review ?? false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const login = useLogin();
  const known = useQuery({ queryKey: ['models'], queryFn: getModels, enabled: login.state === 'in' });
  // Only what can be had; a wish that was brought back keeps its mode, and is told why it cannot.
  const enhanced = mode === 'enhanced' || (known.data?.models.some(({ usable }) => usable) ?? false);
  const { offered, chosen, sent } = modelChoice(known.data, mode, model);

  async function send() {
    if (busy) return;
    if (prompt.trim() === '') {
      setError(new Problem(422, 'There is no prompt yet', 'Say what the backend keeps and who may do what; or take an example below.'));
      box.current?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await onSend({ prompt: prompt.trim(), mode, ...sent, database, verify, review });
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

  const choose = <T extends string>(name: string, value: T, set: (value: T) => void, options: readonly (readonly [T, string])[]) => (
    <label className="choice">
      <span className="label">{name}</span>
      <select value={value} onChange={(event) => set(event.target.value as T)}>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </label>
  );

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter sends from every field of it
    <form
      className="prompt" onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="prompt-sheet graph-paper">
        <label className="label" htmlFor={id}>What shall it keep, and who may do what?</label>
        <textarea
          id={id} ref={box} data-slash rows={6} maxLength={LONGEST} spellCheck aria-keyshortcuts="/ Control+Enter"
          placeholder="A library. Books have a title, an ISBN and authors. Members borrow copies and return them…"
          value={prompt} onChange={(event) => setPrompt(event.target.value)}
        />
        <div className="prompt-block">
          {choose('Database', database, setDatabase, [['sqlite', 'SQLite'], ['postgresql', 'PostgreSQL']] as const)}
          {choose('Planner', mode, setMode, [['auto', 'Automatic'], ['classic', 'Classic, no model'], ...(enhanced ? [['enhanced', 'Language model'] as const] : [])])}
          {offered.length > 0 && choose('Model', chosen, setModel, offered.map((name) => [name, name || 'None'] as const))}
          {choose('Proof', verify, setVerify, [['quick', 'Quick'], ['standard', 'Standard'], ['deep', 'Deep']] as const)}
          <label className="choice tick">
            <input type="checkbox" checked={review} onChange={(event) => setReview(event.target.checked)} />
            <span>Review the plan first</span>
          </label>
          <div className="choice send">
            <button type="submit" className="button primary" disabled={busy} aria-keyshortcuts="Control+Enter">
              {busy ? 'Sending…' : 'Build it'} <kbd aria-hidden="true">Ctrl ↵</kbd>
            </button>
          </div>
        </div>
      </div>
      {error !== null && <Failure error={error} />}
      <div className="examples" role="group" aria-label="Examples">
        <span className="label" aria-hidden="true">Try</span>
        {EXAMPLES.map((example) => (
          <button
            key={example.name} type="button" className="button small" title={example.prompt}
            onClick={() => {
              setPrompt(example.prompt);
              setError(null);
              box.current?.focus();
            }}
          >
            {example.name}
          </button>
        ))}
      </div>
    </form>
  );
}
