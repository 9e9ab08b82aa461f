import type { Trouble } from './types';

/** An answer that is no success, as RFC 9457 has it; `status` 0 means that there was no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly retryAfter: number | null;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, title: string, detail: string, body: Record<string, unknown> = {}, retryAfter: number | null = null) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** What is to be mended, each with its place, e.g. `entities.Todo.fields.title` or `body.prompt`. */
  get errors(): Trouble[] {
    const list = this.body['errors'];
    return Array.isArray(list) ? (list as Trouble[]) : [];
  }

  /** The first message about each value of a form, by the value's name. */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { where, message } of this.errors) found[where.split('.').at(-1) ?? where] ??= message;
    return found;
  }
}

export const UNREACHABLE = 0;

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's page, or nothing: the status line has to do.
  }
  const word = (key: string) => (typeof body[key] === 'string' ? body[key] : '');
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new Problem(response.status, word('title') || `The service answered ${response.status}`, word('detail'), body, Number.isFinite(after) ? after : null);
}
