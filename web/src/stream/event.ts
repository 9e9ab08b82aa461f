export type Status = 'pending' | 'processing' | 'awaiting_approval' | 'completed' | 'failed' | 'cancelled';
export type Stage = 'queued' | 'analysis' | 'schema' | 'code' | 'review' | 'complete';

/** One event of a generation. `seq` rises by one with no gap; `progress` is 0 to 1 and never falls; `timestamp` is ISO 8601. */
export interface ProgressEvent {
  seq: number;
  generation_id: string;
  status: Status;
  stage: Stage;
  phase: string;
  message: string;
  progress: number;
  files: string[];
  data: Record<string, unknown>;
  timestamp: string;
}

const TERMINAL: ReadonlySet<Status> = new Set<Status>(['completed', 'failed', 'cancelled']);

export function isTerminal(status: Status): boolean {
  return TERMINAL.has(status);
}
