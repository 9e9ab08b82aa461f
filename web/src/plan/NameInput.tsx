import { useState } from 'react';

interface Props {
  label: string;
  value: string;
  taken: readonly string[];
  className?: string;
  starts?: boolean;
  onChange: (name: string) => void;
}

/**
 * A name that others refer to. It is changed when the reader leaves the box or presses Enter, not at each key: half of a name
 * may be the name of something else, and two of the same name could not be told apart again.
 */
export function NameInput({ label, value, taken, className, starts = false, onChange }: Props) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const clash = text !== value && taken.includes(text);

  function keep() {
    const name = text.trim();
    if (name === '' || clash) setText(value);
    else if (name !== value) onChange(name);
  }

  return (
    <input
      className={`input mono ${className ?? ''}`} aria-label={label} aria-invalid={clash} title={clash ? 'This name is taken' : undefined} value={text} maxLength={48} spellCheck={false} autoComplete="off"
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the reader just added it
      autoFocus={starts}
      onFocus={(event) => starts && event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setText(value);
      }}
    />
  );
}
