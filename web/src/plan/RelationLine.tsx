import type { Relation, Trouble } from '../api/types';
import { BinIcon } from '../ui/icons';
import { Troubles } from './EntityEditor';
import { NameInput } from './NameInput';

interface Props {
  relation: Relation;
  targets: readonly string[];
  taken: readonly string[];
  troubles: Trouble[];
  owner: boolean;
  onChange: (relation: Relation) => void;
  onRemove: () => void;
  onOwner: (owner: boolean) => void;
  onLight: () => void;
}

const KINDS = { many_to_one: 'many to one', one_to_one: 'one to one', many_to_many: 'many to many' } as const;
const RULES = { cascade: 'deletes this too', restrict: 'is refused', set_null: 'clears the link' } as const;

export function RelationLine({ relation, targets, taken, troubles, owner, onChange, onRemove, onOwner, onLight }: Props) {
  const many = relation.kind === 'many_to_many';
  return (
    // Where the focus is, tells which words are lit; nothing is operated by it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li onFocus={onLight}>
      <div className="member relation-member">
        <NameInput label="Name of the relation" value={relation.name} taken={taken} onChange={(name) => onChange({ ...relation, name })} />
        <select className="select" aria-label={`Kind of ${relation.name}`} value={relation.kind} onChange={(event) => onChange({ ...relation, kind: event.target.value as Relation['kind'] })}>
          {Object.entries(KINDS).map(([kind, words]) => <option key={kind} value={kind}>{words}</option>)}
        </select>
        <select className="select" aria-label={`Target of ${relation.name}`} value={relation.target} onChange={(event) => onChange({ ...relation, target: event.target.value })}>
          {targets.map((target) => <option key={target}>{target}</option>)}
        </select>
        <button type="button" className="icon-button" aria-label={`Remove the relation ${relation.name}`} onClick={onRemove}><BinIcon /></button>
      </div>
      {!many && (
        <div className="member-more row">
          <label className="tick"><input type="checkbox" checked={relation.required} onChange={(event) => onChange({ ...relation, required: event.target.checked })} /> required</label>
          <label className="tick"><input type="checkbox" checked={owner} onChange={(event) => onOwner(event.target.checked)} /> leads to the owner</label>
          <label className="tick">
            deleting the {relation.target}
            <select className="select" value={relation.on_delete} onChange={(event) => onChange({ ...relation, on_delete: event.target.value as Relation['on_delete'] })}>
              {Object.entries(RULES).map(([rule, words]) => <option key={rule} value={rule}>{words}</option>)}
            </select>
          </label>
        </div>
      )}
      <Troubles items={troubles} />
    </li>
  );
}
