import { useEffect, useMemo, useRef } from 'react';

import './source.css';
import { highlighted, type Piece } from './highlight';

interface Props {
  path: string;
  text: string;
  /** A line to show and mark, from 1. */
  line: number | null;
  words: string;
}

/** Source with line numbers. Pieces are elements that React makes: no markup is ever taken from a file. */
export function Source({ path, text, line, words }: Props) {
  const lines = useMemo(() => highlighted(path, text), [path, text]);
  const marked = useRef<HTMLLIElement>(null);

  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' });
  }, [line]);

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard
    <div className="source" tabIndex={0} role="region" aria-label={`Source of ${path}`}>
      <ol>
        {lines.map((pieces, index) => (
          <li key={index} ref={index + 1 === line ? marked : undefined} className={index + 1 === line ? 'marked' : undefined}>
            <code>{pieces.map((piece, at) => <Shown key={at} piece={piece} words={words} />)}{'\n'}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Shown({ piece, words }: { piece: Piece; words: string }) {
  const text = words.length > 1 && piece.text.toLowerCase().includes(words.toLowerCase()) ? parts(piece.text, words) : piece.text;
  return piece.kind === '' ? <>{text}</> : <span className={piece.kind}>{text}</span>;
}

function parts(text: string, words: string) {
  const found = [];
  const lower = text.toLowerCase();
  const wanted = words.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    found.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + words.length)}</mark>);
    from = at + words.length;
  }
  return [...found, text.slice(from)];
}
