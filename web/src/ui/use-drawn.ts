import { useEffect, useState } from 'react';

import { afterPaint } from './painted';

/**
 * How much of a list of `total` is to be drawn: `step` at once, as much again after each paint.
 *
 * Not a deferred render, which yields every few milliseconds, starts over with every update and never expires: on a busy machine
 * each yield costs a turn of the processor, and a list of hundreds stayed away for most of a minute. What is drawn here stays drawn.
 */
export function useDrawn(total: number, step: number): number {
  const [drawn, setDrawn] = useState(step);
  useEffect(() => (drawn >= total ? undefined : afterPaint(() => setDrawn(drawn + step))), [drawn, total, step]);
  return drawn;
}
