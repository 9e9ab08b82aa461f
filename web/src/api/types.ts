/**
 * What the service answers. The shapes are those of its OpenAPI document (`schema.d.ts` is made from it by `npm run types`); what the
 * document leaves open is narrowed here: stages of a generation, checks of a report, and the blueprint (`apiwright schema`).
 */
import type { Stage } from '../stream/event';
import type { GenerationAccepted, GenerationError, GenerationRead, ModelKeyRead, ReportRead } from './schema';

export type { ChangeRead as Change, Comparison, ConflictRead as Conflict, ConversionOffer, EditsRead as Edits, FieldConversion, FileChange, FileEntry, GenerateRequest, IterateRequest, ModelKeyRead as ModelKey, ModelsRead as Models, ProjectPage, ProjectRead as Project, RevisionRead as Revision, SearchResult, StreamTokenRead, Tokens, UsageRead as Usage } from './schema';
export type { FieldProblem as Trouble, Problem as ProblemBody } from './schema';

export interface Diagnostic {
  code: string;
  severity: 'error' | 'warning' | 'note';
  where: string;
  message: string;
  hint: string;
}

type Narrowed<T extends GenerationRead> = Omit<T, 'stage' | 'error'> & { stage: Stage; error: (GenerationError & { diagnostics?: Diagnostic[] }) | null };
export type Generation = Narrowed<GenerationRead>;
export type Made = Narrowed<GenerationAccepted>;
export interface History {
  items: Generation[];
  total: number;
}

export type Vendor = ModelKeyRead['vendor'];
export type Mode = GenerationRead['mode'];
export type Level = GenerationRead['verify'];
export type Database = NonNullable<GenerationRead['database']>;

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
  ok: ReportRead['ok'];
  level: ReportRead['level'];
  seconds: ReportRead['seconds'];
  checks: CheckResult[];
  isolation: 'bubblewrap' | 'none';
  notes: string[];
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
  access: Record<Operation, string[]> & { origin?: Origin };
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
