import './revision.css';
import type { Change, Revision } from '../api/types';
import { plural } from '../ui/format';
import { WarnIcon } from '../ui/icons';
import { ConversionPick } from './ConversionPick';
import { placeOf, REFUSE, type Pick } from './conversion';

interface Props {
  revision: Revision;
  /** The choices for rows that do not fit, where they may still be made. */
  picks?: Readonly<Record<string, Pick>>;
  onPick?: (place: string, pick: Pick) => void;
}

/** What leads from one version to the next: sentences, what it costs, the migration, and the files. */
export function Changes({ revision, picks, onPick }: Props) {
  const { changes, migration, files } = revision;
  const notes = revision.conflicts.filter((conflict) => !conflict.blocks);
  return (
    <section className="sheet changes" aria-labelledby="changes">
      <h2 id="changes">What changes</h2>
      <ol>
        {changes.map((change) => (
          <ChangeLine key={change.sentence} change={change}>
            {change.offer && onPick && (
              <ConversionPick offer={change.offer} pick={picks?.[placeOf(change.offer)] ?? REFUSE} onPick={(pick) => change.offer && onPick(placeOf(change.offer), pick)} />
            )}
          </ChangeLine>
        ))}
      </ol>
      {migration && (
        <div className="migration">
          <h3 className="label">Migration</h3>
          <p><code>{migration.path}</code></p>
          {(migration.fills.length > 0 || migration.refuses.length > 0) && (
            <ul>
              {migration.fills.map((text) => <li key={text}>Fills {text}.</li>)}
              {migration.refuses.map((text) => <li key={text}>Stops, with nothing altered, when {text}.</li>)}
            </ul>
          )}
        </div>
      )}
      {files.length > 0 && (
        <details>
          <summary>{plural(files.length, 'file')} differ{files.length === 1 ? 's' : ''}{revision.kept.length > 0 && `, your edits kept in ${revision.kept.length}`}</summary>
          <ul className="revised">
            {files.map((file) => (
              <li key={file.path}>
                <span className={`change ${file.status}`}>{file.status}</span>
                <code>{file.former ? `${file.former} → ${file.path}` : file.path}</code>
                <span className="counts"><span className="good">+{file.added}</span> <span className="bad">−{file.removed}</span></span>
                {file.edited && <span className="label">with your edits</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {notes.length > 0 && (
        <div>
          <h3 className="label">To look at</h3>
          <ul>{notes.map((note) => <li key={note.path}>{note.message}.</li>)}</ul>
        </div>
      )}
    </section>
  );
}

function ChangeLine({ change, children }: { change: Change; children: React.ReactNode }) {
  return (
    <li>
      <p>{change.sentence}</p>
      {change.loses && <p className="loses"><WarnIcon /> Throws away {change.loses}.</p>}
      {change.needs && <p className="needs">Needs that {change.needs}.</p>}
      {children}
    </li>
  );
}
