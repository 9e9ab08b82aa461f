import { useEffect, useState } from 'react';

import { afterPaint } from './painted';

/** Milliseconds for which a typist rests before what was typed is acted on. */
export const REST = 150;

/**
 * `value`, one paint late: what follows from a press or a key does not stand in the way of the paint that shows it. With a `pause`, it
 * follows when nothing new has come for so long.
 *
 * Not a deferred value, which may well be rendered before that paint.
 */
export function useLate<T>(value: T, pause = 0): T {
  const [late, setLate] = useState(() => value);
  useEffect(() => (late === value ? undefined : afterPaint(() => setLate(() => value), pause)), [late, value, pause]);
  return late;
}
