import { memo, useMemo } from 'react';

import type { Blueprint } from '../api/types';
import { elementsOf, stretchesOf } from './origins';

const WORDS = { prompt: 'from your words', convention: 'from a convention', catalogue: 'from what such applications usually have', user: 'added by hand' } as const;

interface Props {
  prompt: string;
  blueprint: Blueprint;
  /** The element whose words stand out. */
  lit: string | null;
  onChoose: (element: string) => void;
}

/** The prompt, with the words that something came from; the words of the chosen element stand out. */
export const PromptWords = memo(function PromptWords({ prompt, blueprint, lit, onChoose }: Props) {
  const stretches = useMemo(() => stretchesOf(prompt, blueprint), [prompt, blueprint]);
  const origin = lit === null ? undefined : elementsOf(blueprint).find((item) => item.element === lit)?.origin;
  return (
    <>
      <p className="prompt-words">
        {stretches.map(({ text, elements }, index) => {
          // The narrowest element first: a field rather than its entity.
          const first = elements.toSorted((a, b) => b.length - a.length)[0];
          if (first === undefined) return <span key={index}>{text}</span>;
          const bright = lit !== null && elements.includes(lit);
          return (
            // A real button is a box that does not break over lines as words do.
            <span
              key={index} role="button" tabIndex={0} className={bright ? 'lit' : undefined} title={elements.join(', ')} aria-pressed={bright}
              onClick={() => onChoose(first)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                onChoose(first);
              }}
            >
              {text}
            </span>
          );
        })}
      </p>
      <p className="hint" role="status">
        {lit !== null && origin ? <><code>{lit}</code>: {WORDS[origin.kind]}{origin.text && origin.kind !== 'user' ? <>: {origin.kind === 'prompt' ? <q>{origin.text}</q> : origin.text.replace(/\.$/, '')}</> : ''}.</> : 'Choose an underlined word, or an entity.'}
      </p>
    </>
  );
});
