import './live.css';
import { FileTree } from '../ui/FileTree';
import { capital, plural, seconds, used } from '../ui/format';
import { CrossIcon, DashIcon, TickIcon, WheelIcon } from '../ui/icons';
import { isTerminal } from '../stream/event';
import { Log } from './Log';
import { ModelPart } from './ModelPart';
import type { Usage } from '../api/types';
import type { Build, Check } from './state';

interface Props {
  build: Build;
  /** Of a language model, in all; what the events told until it is known. */
  usage?: Usage | null;
}

/** What is being made, as it is made: files, checks, and every event. */
export function LiveBuild({ build, usage = build.usage }: Props) {
  const log = (
    <section className="sheet" aria-labelledby="live-log">
      <header><h2 id="live-log">Log</h2><span className="label">{build.log.length} events</span></header>
      <Log events={build.log} follow={!isTerminal(build.status)} />
    </section>
  );
  // One that ended before it wrote a file has nothing else to show, and nothing will come.
  if (isTerminal(build.status) && build.files.length === 0) return <div className="live only-log">{log}</div>;
  return (
    <div className="live">
      <section className="sheet" aria-labelledby="live-files">
        <header><h2 id="live-files">Files</h2><span className="label">{build.files.length || 'none yet'}</span></header>
        {build.files.length > 0 ? (
          <div className="scroll">
            <FileTree label="Files made so far" paths={build.files} fresh={isTerminal(build.status) ? NONE : build.fresh} />
          </div>
        ) : (
          <Planned build={build} />
        )}
      </section>
      <div className="live-side">
      <section className="sheet" aria-labelledby="live-checks">
        <header>
          <h2 id="live-checks">Checks</h2>
          <span className="label">{build.expectedChecks === null ? (isTerminal(build.status) ? 'none' : 'none yet') : `${build.checks.length} of ${build.expectedChecks}`}</span>
        </header>
        <Checks build={build} />
      </section>
      {usage && build.files.length > 0 && <ModelPart usage={usage} changed={build.changed} />}
      {log}
      </div>
      <p className="visually-hidden" role="status">{spoken(build)}</p>
    </div>
  );
}

/** What is known before there is a file: what was planned, or what a language model has named so far. */
function Planned({ build: { entities, named, members, usage } }: { build: Build }) {
  const spent = usage && <p className="soon">{usage.model}: {used(usage)}</p>;
  if (entities.length > 0) return <><p className="soon">{plural(entities.length, 'entity').replace('entitys', 'entities')}: {entities.join(', ')}</p>{spent}</>;
  if (named.length === 0) return <><p className="soon">They appear here as they are written.</p>{spent}</>;
  return (
    <>
      <ul className="soon named" aria-label="Named so far">
        {named.map((name) => <li key={name}><strong>{name}</strong> {members[name]?.join(', ')}</li>)}
      </ul>
      {spent}
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** One sentence per stage, not one per event: a screen reader would never stop. */
function spoken(build: Build): string {
  if (isTerminal(build.status)) return `Ended: ${build.status}. ${build.message}`;
  return { queued: 'Waiting for a worker', analysis: 'Reading the prompt', schema: 'Planning', code: 'Writing the files', review: 'Proving it', complete: 'Done' }[build.stage];
}

function Checks({ build }: { build: Build }) {
  if (build.checks.length === 0 && build.expectedChecks === null) {
    return <p className="soon">{isTerminal(build.status) ? 'None was run.' : 'Once the files are written, the project is started and tested.'}</p>;
  }
  const running = build.stage === 'review' && !isTerminal(build.status);
  const open = Math.max(0, (build.expectedChecks ?? 0) - build.checks.length);
  return (
    <ol className="checks scroll">
      {build.checks.map((check) => <CheckLine key={check.name} check={check} />)}
      {running && open > 0 && (
        <li className="running"><WheelIcon className="spin" /><span>{plural(open, 'check')} to go</span></li>
      )}
    </ol>
  );
}

function CheckLine({ check }: { check: Check }) {
  const Icon = { passed: TickIcon, failed: CrossIcon, skipped: DashIcon }[check.status];
  return (
    <li className={check.status}>
      <Icon />
      <span>
        {capital(check.name.replaceAll('-', ' '))} <span className="visually-hidden">{check.status}</span>
        {check.detail && <small>{check.detail}</small>}
      </span>
      <time className="mono">{seconds(check.seconds)}</time>
    </li>
  );
}
