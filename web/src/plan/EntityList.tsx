import { memo, useCallback } from 'react';

import { PlusIcon } from '../ui/icons';
import { useChosen } from '../ui/use-chosen';

interface Props {
  names: readonly string[];
  current: string | undefined;
  toMend: (name: string) => number;
  onChoose: (name: string) => void;
  onAdd: () => void;
}

/** Every entity by name, with how much is to mend in it. */
export function EntityList({ names, current, toMend, onChoose, onAdd }: Props) {
  const [chosen, choose] = useChosen(current);
  const press = useCallback((name: string) => choose(name, () => onChoose(name)), [choose, onChoose]);
  return (
    <nav aria-label="Entities">
      <ul>
        {names.map((name) => <Choice key={name} name={name} current={name === chosen} toMend={toMend(name)} onChoose={press} />)}
      </ul>
      <button type="button" className="button small" onClick={onAdd}><PlusIcon /> Entity</button>
    </nav>
  );
}

const Choice = memo(function Choice({ name, current, toMend, onChoose }: { name: string; current: boolean; toMend: number; onChoose: (name: string) => void }) {
  return (
    <li>
      <button type="button" aria-current={current ? 'true' : undefined} onClick={() => onChoose(name)}>
        {name} {toMend > 0 && <span className="wrong">{toMend}<span className="visually-hidden"> to mend</span></span>}
      </button>
    </li>
  );
});
