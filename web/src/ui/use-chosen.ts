import { startTransition, useCallback, useOptimistic } from 'react';

import { painted } from './painted';

/**
 * What is chosen among several: `current`, or what was pressed just now. It shows at once, and what `follow`s is done after that paint.
 *
 * A render that React may interrupt is not enough: it may well be done before the paint, and then all of its layout stands in the way of it.
 */
export function useChosen<T>(current: T): [chosen: T, choose: (next: T, follow: () => void) => void] {
  const [chosen, show] = useOptimistic(current);
  const choose = useCallback(
    (next: T, follow: () => void) =>
      startTransition(async () => {
        show(next);
        await painted();
        follow();
      }),
    [show],
  );
  return [chosen, choose];
}
