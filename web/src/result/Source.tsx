import { memo, useEffect, useMemo, useRef } from 'react';

import './source.css';
import { useDrawn } from '../ui/use-drawn';
import { highlighted, type Piece } from './highlight';

interface Props {
  path: string;
  text: string;
  /** A line to show and mark, from 1. */
  line: number | null;
  words: string;
}

const BLOCK = 60; // lines: more than the viewer shows

/** Source with line numbers. Pieces are elements that React makes: no markup is ever taken from a file. */
export function Source({ path, text, line, words }: Props) {
  const blocks = useMemo(() => inBlocks(highlighted(path, text)), [path, text]);
  const marked = line === null ? -1 : Math.floor((line - 1) / BLOCK);
  const drawn = Math.max(useDrawn(blocks.length, 1), marked + 1);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    box.current?.querySelector('.marked')?.scrollIntoView({ block: 'center' });
  }, [line]);

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard
    <div className="source" tabIndex={0} role="region" aria-label={`Source of ${path}`} ref={box}>
      <div>
        {blocks.slice(0, drawn).map((lines, index) => (
          <Block key={index} lines={lines} before={index * BLOCK} line={index === marked ? line : null} words={words} />
        ))}
      </div>
    </div>
  );
}

function inBlocks(lines: readonly Piece[][]): (readonly Piece[][])[] {
  return Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, index) => lines.slice(index * BLOCK, (index + 1) * BLOCK));
}

/** Some lines, which cost nothing while they are out of sight, nor when others change. */
const Block = memo(function Block({ lines, before, line, words }: { lines: readonly Piece[][]; before: number; line: number | null; words: string }) {
  return (
    <ol start={before + 1} style={{ counterReset: `line ${before}`, containIntrinsicHeight: `${lines.length * 1.3}rem` }}>
      {lines.map((pieces, index) => (
        <li key={index} className={before + index + 1 === line ? 'marked' : undefined}>
          <code>{pieces.map((piece, at) => <Shown key={at} piece={piece} words={words} />)}{'\n'}</code>
        </li>
      ))}
    </ol>
  );
});

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
