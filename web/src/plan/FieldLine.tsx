import { useState } from 'react';

import { FIELD_TYPES, type Field, type FieldType, type Trouble } from '../api/types';
import { BinIcon, RightIcon } from '../ui/icons';
import { Troubles } from './EntityEditor';
import { NameInput } from './NameInput';

interface Props {
  field: Field;
  taken: readonly string[];
  troubles: Trouble[];
  starts: boolean;
  onChange: (field: Field) => void;
  onRemove: () => void;
  onLight: () => void;
}

/** One field: name, type and whether it must be given in the line; the rest under it. */
export function FieldLine({ field, taken, troubles, starts, onChange, onRemove, onLight }: Props) {
  const [open, setOpen] = useState(false);
  return (
    // Where the focus is, tells which words are lit; nothing is operated by it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li onFocus={onLight}>
      <div className="member">
        <button type="button" className="icon-button unfold" aria-expanded={open} aria-label={`Rules of ${field.name}`} onClick={() => setOpen(!open)}><RightIcon /></button>
        <NameInput label="Name of the field" value={field.name} taken={taken} starts={starts} onChange={(name) => onChange({ ...field, name })} />
        <select className="select" aria-label={`Type of ${field.name}`} value={field.type} onChange={(event) => onChange(typed(field, event.target.value as FieldType))}>
          {FIELD_TYPES.map((type) => <option key={type}>{type}</option>)}
        </select>
        <label className="tick"><input type="checkbox" checked={field.required} onChange={(event) => onChange({ ...field, required: event.target.checked })} /> required</label>
        <label className="tick"><input type="checkbox" checked={field.unique} onChange={(event) => onChange({ ...field, unique: event.target.checked })} /> unique</label>
        <button type="button" className="icon-button" aria-label={`Remove the field ${field.name}`} onClick={onRemove}><BinIcon /></button>
      </div>
      {field.type === 'enum' && <Values field={field} onChange={onChange} />}
      {open && <Rules field={field} onChange={onChange} />}
      <Troubles items={troubles} />
    </li>
  );
}

/** With another type, rules that only the old one had go; so does the default. */
function typed(field: Field, type: FieldType): Field {
  return {
    ...field, type, default: null, min: null, max: null, min_length: null, max_length: null, pattern: null, precision: null, scale: null,
    values: type === 'enum' ? (field.values.length > 0 ? field.values : ['first', 'second']) : [],
  };
}

function Values({ field, onChange }: { field: Field; onChange: (field: Field) => void }) {
  const [text, setText] = useState(field.values.join(', '));
  return (
    <label className="member-more">
      Values
      <input
        className="input" aria-label={`Values of ${field.name}`} value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => onChange({ ...field, values: text.split(',').map((value) => value.trim()).filter(Boolean) })}
      />
    </label>
  );
}

const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'float', 'decimal']);
const TEXTS: ReadonlySet<FieldType> = new Set(['string', 'text', 'slug', 'secret', 'url', 'email']);

function Rules({ field, onChange }: { field: Field; onChange: (field: Field) => void }) {
  const number = (name: 'min' | 'max' | 'min_length' | 'max_length' | 'precision' | 'scale', label: string) => (
    <label>
      {label}
      <input className="input" type="number" step="any" value={field[name] ?? ''} onChange={(event) => onChange({ ...field, [name]: event.target.value === '' ? null : Number(event.target.value) })} />
    </label>
  );
  return (
    <div className="member-more rules">
      {NUMBERS.has(field.type) && <>{number('min', 'At least')}{number('max', 'At most')}</>}
      {field.type === 'decimal' && <>{number('precision', 'Digits')}{number('scale', 'After the point')}</>}
      {TEXTS.has(field.type) && <>{number('min_length', 'Shortest')}{number('max_length', 'Longest')}</>}
      <label className="tick"><input type="checkbox" checked={field.indexed} onChange={(event) => onChange({ ...field, indexed: event.target.checked })} /> indexed</label>
      <label className="wide">
        Description
        <input className="input" value={field.description} maxLength={2_000} onChange={(event) => onChange({ ...field, description: event.target.value })} />
      </label>
    </div>
  );
}
