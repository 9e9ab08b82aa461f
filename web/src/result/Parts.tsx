import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

import { useChosen } from '../ui/use-chosen';

interface Props {
  parts: readonly (readonly [key: string, name: string])[];
  shown: string;
  show: (part: string) => void;
  /** A panel for each part. */
  children: ReactNode;
}

/** Tabs of which the pressed one lights up at once, however much there is in its panel. */
export function Parts({ parts, shown, show, children }: Props) {
  const [chosen, choose] = useChosen(shown);
  return (
    <Tabs.Root className="tabs" value={shown} onValueChange={(part: string) => choose(part, () => show(part))}>
      <Tabs.List className="tab-list" activateOnFocus={false} aria-label="Parts of the result">
        {parts.map(([key, name]) => (
          <Tabs.Tab key={key} value={key} className={key === chosen ? 'tab chosen' : 'tab'} data-command={`Show: ${name}`}>{name}</Tabs.Tab>
        ))}
      </Tabs.List>
      {children}
    </Tabs.Root>
  );
}
