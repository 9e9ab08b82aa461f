import type { Stage, Status } from '../stream/event';

export interface Diagnostic {
  code: string;
  severity: 'error' | 'warning' | 'note';
  where: string;
  message: string;
  hint: string;
}

export interface Project {
  id: string;
  name: string;
  description: string;
  auto_created: boolean;
  active_generation_id: string | null;
  created_at: string;
  updated_at: string;
}

export interface Failure {
  code: string;
  message: string;
  diagnostics?: Diagnostic[];
  report?: Report;
}

export interface Generation {
  id: string;
  project_id: string;
  parent_generation_id: string | null;
  prompt: string;
  mode: Mode;
  database: Database | null;
  verify: Level;
  review: boolean;
  status: Status;
  stage: Stage;
  progress: number;
  message: string;
  error: Failure | null;
  version: number | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface Made extends Generation {
  project: { id: string; name: string; auto_created: boolean };
  similar_projects: { id: string; name: string; score: number }[];
}

export type Mode = 'auto' | 'classic' | 'enhanced';
export type Database = 'sqlite' | 'postgresql';
export type Level = 'none' | 'quick' | 'standard' | 'deep';

export interface Page<T> {
  items: T[];
  total: number;
  limit: number;
  offset: number;
}

export interface FileEntry {
  path: string;
  size: number;
  sha256: string;
}

export interface Match {
  path: string;
  line: number;
  text: string;
}

export interface Finding {
  message: string;
  path: string;
  line: number | null;
  rule: string;
}

export interface CheckResult {
  name: string;
  level: Level;
  status: 'passed' | 'failed' | 'skipped';
  seconds: number;
  findings: Finding[];
  detail: string;
  output: string;
}

export interface Report {
  ok: boolean;
  level: Level;
  checks: CheckResult[];
  seconds: number;
  isolation: string;
  notes: string[];
}

export interface FileDiff {
  path: string;
  change: 'added' | 'removed' | 'changed';
  diff: string;
}

export interface Comparison {
  from_version: number;
  to_version: number;
  files: FileDiff[];
  unchanged: number;
}

// The blueprint, as `apiwright schema` has it.
export interface Origin {
  kind: 'prompt' | 'convention' | 'catalogue' | 'user';
  text: string;
  start: number | null;
  end: number | null;
}
export const FIELD_TYPES = [
  'string', 'text', 'integer', 'float', 'decimal', 'boolean', 'date', 'datetime', 'time', 'uuid', 'email', 'url', 'slug', 'enum', 'json', 'secret',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface Field {
  name: string;
  type: FieldType;
  required: boolean;
  unique: boolean;
  indexed: boolean;
  default: unknown;
  min: number | null;
  max: number | null;
  min_length: number | null;
  max_length: number | null;
  pattern: string | null;
  precision: number | null;
  scale: number | null;
  values: string[];
  description: string;
  origin: Origin;
}

export interface Relation {
  name: string;
  kind: 'many_to_one' | 'one_to_one' | 'many_to_many';
  target: string;
  required: boolean;
  on_delete: 'cascade' | 'restrict' | 'set_null';
  inverse: string | null;
  description: string;
  origin: Origin;
}

export type Operation = 'create' | 'read' | 'list' | 'update' | 'delete';
export const OPERATIONS: readonly Operation[] = ['create', 'read', 'list', 'update', 'delete'];

export interface Transition {
  name: string;
  field: string;
  sources: string[];
  target: string;
  stamp: string | null;
  access: string[];
  origin: Origin;
}

export interface PairAction {
  name: string;
  undo: string;
  through: string;
  actor: string;
  subject: string;
  access: string[];
  origin: Origin;
}

export interface Entity {
  name: string;
  plural: string | null;
  description: string;
  fields: Field[];
  relations: Relation[];
  owned_via: string | null;
  operations: Operation[];
  access: Record<Operation, string[]>;
  transitions: Transition[];
  pair_actions: PairAction[];
  counts: { name: string; source: string; via: string }[];
  unique_together: string[][];
  origin: Origin;
}

export interface Blueprint {
  name: string;
  title: string;
  description: string;
  database: Database;
  entities: Entity[];
  roles: { name: string; description: string; origin: Origin }[];
  auth: { entity: string; login: string; registration: boolean; origin: Origin } | null;
  assumptions: string[];
  prompt: string | null;
}
