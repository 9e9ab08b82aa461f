import type { Diagnostic } from '../api/types';

interface Stretch {
  text: string;
  misread: boolean;
}

/** The request with the words that were not understood standing out: the service quotes them as they were written. */
export function stretchesOf(prompt: string, diagnostics: readonly Diagnostic[]): Stretch[] {
  const places = diagnostics
    .flatMap(({ message }) => [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ''))
    .map((words): [number, number] => [prompt.toLowerCase().indexOf(words.toLowerCase()), words.length])
    .filter(([from]) => from >= 0)
    .sort((a, b) => a[0] - b[0]);
  const found: Stretch[] = [];
  let at = 0;
  for (const [from, length] of places) {
    if (from < at) continue;
    if (from > at) found.push({ text: prompt.slice(at, from), misread: false });
    found.push({ text: prompt.slice(from, from + length), misread: true });
    at = from + length;
  }
  if (at < prompt.length) found.push({ text: prompt.slice(at), misread: false });
  return found;
}

export function Misread({ prompt, diagnostics }: { prompt: string; diagnostics: readonly Diagnostic[] }) {
  const stretches = stretchesOf(prompt, diagnostics);
  if (!stretches.some(({ misread }) => misread)) return null;
  return <p className="misread">{stretches.map(({ text, misread }, index) => (misread ? <mark key={index}>{text}</mark> : text))}</p>;
}
