/** What a page shows of a generation, folded from its events in their order. */
import type { Usage } from '../api/types';
import { isTerminal, type ProgressEvent, type Stage, type Status } from '../stream/event';

export const STAGES: readonly Stage[] = ['queued', 'analysis', 'schema', 'code', 'review', 'complete'];

export interface Check {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  seconds: number;
  findings: string[];
  detail: string;
}

export interface StageTime {
  /** Milliseconds since 1970 when the stage was first told of. */
  began: number;
  /** When the next one began, or when the generation ended; null while it lasts. */
  ended: number | null;
}

export interface Build {
  status: Status;
  stage: Stage;
  phase: string;
  message: string;
  progress: number;
  files: readonly string[];
  /** The paths of the newest events that had any, within a second: shown as fresh. */
  fresh: ReadonlySet<string>;
  checks: readonly Check[];
  /** How many checks there will be, once it is known. */
  expectedChecks: number | null;
  stages: Readonly<Partial<Record<Stage, StageTime>>>;
  log: readonly ProgressEvent[];
  entities: readonly string[];
  /** What a language model has named so far, as it thinks: entities, and members of each. */
  named: readonly string[];
  members: Readonly<Record<string, readonly string[]>>;
  /** What a language model changed of the draft that the rules had made, in sentences. */
  changed: readonly string[];
  usage: Usage | null;
}

export const NOTHING_YET: Build = {
  status: 'pending', stage: 'queued', phase: '', message: '', progress: 0, files: [], fresh: new Set(),
  checks: [], expectedChecks: null, stages: {}, log: [], entities: [], named: [], members: {}, changed: [], usage: null,
};

export function fold(build: Build, event: ProgressEvent): Build {
  const files = event.files.length > 0 ? merged(build.files, event.files) : build.files;
  const check = checkOf(event);
  const thought = event.stage === 'analysis' ? thinking(build, event) : {};
  return {
    status: event.status,
    stage: event.stage,
    phase: event.phase,
    message: event.message,
    progress: event.progress,
    files,
    fresh: event.files.length > 0 ? new Set([...(lately(build, event) ? build.fresh : []), ...event.files]) : build.fresh,
    checks: check ? [...build.checks.filter(({ name }) => name !== check.name), check] : build.checks,
    expectedChecks: event.stage === 'review' && typeof event.data['checks'] === 'number' ? event.data['checks'] : build.expectedChecks,
    stages: timed(build.stages, event),
    log: [...build.log, event],
    entities: event.stage === 'schema' && Array.isArray(event.data['entities']) ? event.data['entities'].map(String) : build.entities,
    named: build.named,
    members: build.members,
    changed: build.changed,
    usage: usageOf(event) ?? build.usage,
    ...thought,
  };
}

/** Names as a model writes them: each telling replaces the one before it. What it named goes when the rules take over. */
function thinking(build: Build, { phase, data }: ProgressEvent): Partial<Pick<Build, 'named' | 'members' | 'changed'>> {
  if (phase === 'fallback') return { named: [], members: {}, changed: [] };
  if (phase === 'changes') return Array.isArray(data['changes']) ? { changed: data['changes'].map(String) } : {};
  const names = data['partial'] ?? data[phase === 'outline' ? 'entities' : 'members'];
  if (!Array.isArray(names)) return {};
  if (phase === 'outline') return { named: names.map(String) };
  return phase.startsWith('entity:') ? { members: { ...build.members, [phase.slice('entity:'.length)]: names.map(String) } } : {};
}

function usageOf({ stage, data }: ProgressEvent): Usage | null {
  return stage === 'analysis' || stage === 'schema' ? ((data['spent'] ?? data['usage'] ?? null) as Usage | null) : null;
}

function lately(build: Build, event: ProgressEvent): boolean {
  const before = build.log.findLast((other) => other.files.length > 0);
  return before !== undefined && Date.parse(event.timestamp) - Date.parse(before.timestamp) < 1_000;
}

function merged(known: readonly string[], more: readonly string[]): string[] {
  const seen = new Set(known);
  return [...known, ...more.filter((path) => !seen.has(path))];
}

function checkOf({ stage, phase, data, message }: ProgressEvent): Check | null {
  const { status, seconds, findings } = data;
  if (stage !== 'review' || phase === '') return null;
  if (status !== 'passed' && status !== 'failed' && status !== 'skipped') return null;
  return {
    name: phase,
    status,
    seconds: typeof seconds === 'number' ? seconds : 0,
    findings: Array.isArray(findings) ? findings.map(String) : [],
    detail: message.includes(': ') ? message.slice(message.indexOf(': ') + 2) : '',
  };
}

function timed(stages: Build['stages'], event: ProgressEvent): Build['stages'] {
  const moment = Date.parse(event.timestamp);
  const ends = isTerminal(event.status);
  const next: Partial<Record<Stage, StageTime>> = {};
  for (const stage of STAGES) {
    const time = stages[stage];
    if (time) next[stage] = stage === event.stage || time.ended !== null ? time : { ...time, ended: moment };
  }
  const own = next[event.stage] ?? { began: moment, ended: null };
  next[event.stage] = ends ? { ...own, ended: moment } : own;
  return next;
}
