import { useMemo, useState } from 'react';

import { capital, plural } from '../ui/format';
import { isMarked, partsOf, put, type Part, type Side } from './conflict';

const SIDES: readonly [Side, string][] = [['yours', 'Yours'], ['generated', 'Generated'], ['both', 'Both, yours first']];
const AROUND = 3; // lines shown before and after a conflict

interface Props {
  path: string;
  /** With both sides of each conflict in it. */
  marked: string;
  /** As it is now. */
  text: string;
  onText: (text: string) => void;
}

/** One file: a side for each conflict, or the whole of it written by hand, or taken from a disk. */
export function ConflictFile({ path, marked, text, onText }: Props) {
  const parts = useMemo(() => partsOf(marked), [marked]);
  const clashes = parts.filter((part) => part.kind === 'clash').length;
  const [sides, setSides] = useState<readonly (Side | null)[]>([]);
  const [byHand, setByHand] = useState(false);

  const decide = (at: number, side: Side) => {
    const next = Array.from({ length: clashes }, (_, index) => (index === at ? side : (sides[index] ?? null)));
    setSides(next);
    onText(put(parts, next));
  };

  return (
    <section className="sheet conflict" aria-label={path}>
      <header>
        <h3><code>{path}</code></h3>
        <span className={`label ${isMarked(text) ? 'warn' : 'good'}`}>{isMarked(text) ? plural(clashes, 'place') : 'solved'}</span>
        <button
          type="button" className="button small" aria-expanded={byHand}
          onClick={() => {
            if (byHand) onText(put(parts, sides));
            setByHand(!byHand);
          }}
        >
          {byHand ? 'Choose sides' : 'Write it by hand'}
        </button>
        <label className="button small file-button">
          Take a file
          <input type="file" aria-label={`A file to take as ${path}`} onChange={(event) => {
            const taken = event.target.files?.[0];
            if (!taken) return;
            void taken.text().then((read) => {
              onText(read);
              setByHand(true);
            });
          }} />
        </label>
      </header>
      {byHand ? (
        <>
          <textarea className="by-hand" aria-label={`Text of ${path}`} spellCheck={false} rows={Math.min(28, text.split('\n').length + 1)} value={text} onChange={(event) => onText(event.target.value)} />
          {isMarked(text) && <p className="wrong">It still has conflict markers: take out the lines of &lt;&lt;&lt;&lt;&lt;&lt;&lt;, ======= and &gt;&gt;&gt;&gt;&gt;&gt;&gt;.</p>}
        </>
      ) : (
        <Places path={path} parts={parts} sides={sides} decide={decide} />
      )}
    </section>
  );
}

function Places({ path, parts, sides, decide }: { path: string; parts: readonly Part[]; sides: readonly (Side | null)[]; decide: (at: number, side: Side) => void }) {
  return parts.map((part, index) => {
    const at = parts.slice(0, index).filter(({ kind }) => kind === 'clash').length;
    if (part.kind === 'same') return <Same key={index} lines={part.lines} first={index === 0} last={index === parts.length - 1} />;
    return <Clash key={index} name={`${path}:${at}`} label={`Place ${at + 1} in ${path}`} part={part} side={sides[at] ?? null} onSide={(side) => decide(at, side)} />;
  });
}

function Same({ lines, first, last }: { lines: readonly string[]; first: boolean; last: boolean }) {
  const head = first ? [] : lines.slice(0, AROUND);
  const tail = last ? [] : lines.slice(Math.max(head.length, lines.length - AROUND));
  const hidden = lines.length - head.length - tail.length;
  return (
    <div className="same">
      {head.length > 0 && <pre>{head.join('\n')}</pre>}
      {hidden > 0 && <p className="label">{plural(hidden, 'line')} that both have</p>}
      {tail.length > 0 && <pre>{tail.join('\n')}</pre>}
    </div>
  );
}

interface ClashProps {
  name: string;
  label: string;
  part: Extract<Part, { kind: 'clash' }>;
  side: Side | null;
  onSide: (side: Side) => void;
}

function Clash({ name, label, part, side, onSide }: ClashProps) {
  const taken = (which: 'yours' | 'generated') => side === which || side === 'both';
  return (
    <fieldset className="clash">
      <legend className="visually-hidden">{label}</legend>
      <div className="sides">
        {(['yours', 'generated'] as const).map((which) => (
          <div key={which} className={side === null ? '' : taken(which) ? 'taken' : 'left-out'}>
            <p className="label">{capital(which)}</p>
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard */}
            <pre tabIndex={0} aria-label={`${capital(which)}: ${label}`}>{part[which].length > 0 ? part[which].join('\n') : <span className="quiet-text">nothing: these lines are gone</span>}</pre>
          </div>
        ))}
      </div>
      <div className="row">
        {SIDES.map(([key, words]) => (
          <label key={key} className="tick"><input type="radio" name={name} checked={side === key} onChange={() => onSide(key)} /> {words}</label>
        ))}
      </div>
    </fieldset>
  );
}
