import './stage-rail.css';
import type { Stage, Status } from '../stream/event';
import { isTerminal } from '../stream/event';
import { useNow } from '../pages/use-now';
import { seconds } from '../ui/format';
import type { Build } from './state';

const SHOWN: readonly [Stage, string][] = [
  ['queued', 'Queue'],
  ['analysis', 'Read the prompt'],
  ['schema', 'Plan'],
  ['code', 'Write'],
  ['review', 'Prove'],
];

/** The stages as a dimension line: each with its time, the running one growing. */
export function StageRail({ build, status }: { build: Build; status: Status }) {
  const running = !isTerminal(status);
  const now = useNow(running ? 200 : null);
  const reached = SHOWN.findIndex(([stage]) => stage === build.stage);
  return (
    <div className="rail">
      <ol aria-label="Stages">
        {SHOWN.map(([stage, name], index) => {
          const time = build.stages[stage];
          const current = stage === build.stage && running;
          const state = current ? 'now' : time && index <= reached ? (status === 'failed' && stage === build.stage ? 'failed' : 'done') : 'ahead';
          const length = time ? ((time.ended ?? Math.max(now, time.began)) - time.began) / 1_000 : null;
          return (
            <li key={stage} className={state} aria-current={current ? 'step' : undefined}>
              <span className="name">{name}</span>
              <span className="mono">{length === null ? '' : current && stage === 'schema' && status === 'awaiting_approval' ? 'waits for you' : seconds(length)}</span>
            </li>
          );
        })}
      </ol>
      <progress max={1} value={build.progress} aria-label="Progress" />
    </div>
  );
}
