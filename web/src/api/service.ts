/** Every call to the service, by name. */
import type { Ticket } from '../stream/follow';
import type { ProgressEvent } from '../stream/event';
import { authorized, reach, sessionOf } from './authorized';
import { problemOf } from './problem';
import { dropSession, keepSession } from './session';
import type { Blueprint, Comparison, Edits, FileEntry, GenerateRequest, Generation, History, IterateRequest, Made, ModelKey, Models, Project, ProjectPage, Report, Revision, SearchResult, StreamTokenRead, Tokens, Vendor } from './types';

interface Options {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function request(method: string, path: string, { body, headers, signal }: Options = {}): Request {
  return new Request(new URL(`/api${path}`, location.origin), {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

async function answer(method: string, path: string, options?: Options): Promise<Response> {
  const response = await authorized(request(method, path, options));
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  return (await (await answer(method, path, options)).json()) as T;
}

const enc = encodeURIComponent;
const encPath = (path: string) => path.split('/').map(enc).join('/');

export async function signIn(kind: 'login' | 'register', email: string, password: string): Promise<void> {
  const body = { email, password };
  if (kind === 'register') {
    const made = await reach(request('POST', '/auth/register', { body }));
    if (!made.ok) throw await problemOf(made);
  }
  const response = await reach(request('POST', '/auth/login', { body }));
  if (!response.ok) throw await problemOf(response);
  keepSession(sessionOf((await response.json()) as Tokens, email));
}

export function signOut(): void {
  dropSession('out');
}

export type Wish = GenerateRequest;

export function generate(wish: Wish, key: string): Promise<Made> {
  return json('POST', '/generations/generate', { body: wish, headers: { 'idempotency-key': key } });
}

/** What a version that follows another one may be asked for with. */
export type Leave = Partial<Pick<IterateRequest, 'mode' | 'verify' | 'review' | 'allow_data_loss' | 'conversions'>>;

export function iterate(parent: string, prompt: string, leave: Leave, key: string): Promise<Made> {
  return json('POST', '/generations/iterate', { body: { parent_generation_id: parent, prompt, ...leave }, headers: { 'idempotency-key': key } });
}

export function rollback(projectId: string, version: number, leave: Leave, key: string): Promise<Made> {
  return json('POST', `/projects/${enc(projectId)}/rollback`, { body: { version, ...leave }, headers: { 'idempotency-key': key } });
}

export const revision = (id: string) => json<Revision>('GET', `/generations/${enc(id)}/revision`);
export const solve = (id: string, files: { path: string; text: string }[]) => json<Generation>('POST', `/generations/${enc(id)}/solve`, { body: { files } });

/** The edited tree that the next version is made from; null while there is none. */
export async function edits(id: string): Promise<Edits | null> {
  const response = await authorized(request('GET', `/generations/${enc(id)}/edits`));
  if (response.status === 404) return null;
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Edits;
}

export async function sendEdits(id: string, zip: Blob): Promise<Edits> {
  const sent = new Request(new URL(`/api/generations/${enc(id)}/edits`, location.origin), {
    method: 'PUT', headers: { accept: 'application/json', 'content-type': 'application/octet-stream' }, body: zip,
  });
  const response = await authorized(sent);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Edits;
}

export const dropEdits = (id: string) => answer('DELETE', `/generations/${enc(id)}/edits`);

export const models = () => json<Models>('GET', '/models');
export const modelKeys = () => json<ModelKey[]>('GET', '/model-keys');
export const putModelKey = (vendor: Vendor, key: string) => answer('PUT', `/model-keys/${enc(vendor)}`, { body: { key } });
export const dropModelKey = (vendor: Vendor) => answer('DELETE', `/model-keys/${enc(vendor)}`);
export const generation = (id: string, signal: AbortSignal) => json<Generation>('GET', `/generations/${enc(id)}`, { signal });
export const cancel = (id: string) => answer('POST', `/generations/${enc(id)}/cancel`);
export const files = (id: string) => json<{ files: FileEntry[] }>('GET', `/generations/${enc(id)}/files`).then((body) => body.files);
export const file = (id: string, path: string) => answer('GET', `/generations/${enc(id)}/files/${encPath(path)}`, { headers: { accept: 'text/plain' } }).then((response) => response.text());
export const searchFiles = (id: string, words: string) =>
  json<SearchResult>('GET', `/generations/${enc(id)}/search?q=${enc(words)}`);
export const report = (id: string) => json<Report>('GET', `/generations/${enc(id)}/report`);
export const blueprint = (id: string) => json<Blueprint>('GET', `/generations/${enc(id)}/blueprint`);
export const putBlueprint = (id: string, body: Blueprint) => answer('PUT', `/generations/${enc(id)}/blueprint`, { body });
export const approve = (id: string) => answer('POST', `/generations/${enc(id)}/approve`);

export const projects = (search: string, offset: number) =>
  json<ProjectPage>('GET', `/projects?limit=24&offset=${offset}${search ? `&q=${enc(search)}` : ''}`);
export const project = (id: string) => json<Project>('GET', `/projects/${enc(id)}`);
export const renameProject = (id: string, name: string) => json<Project>('PATCH', `/projects/${enc(id)}`, { body: { name } });
export const deleteProject = (id: string) => answer('DELETE', `/projects/${enc(id)}`);
export const deleteGeneration = (id: string) => answer('DELETE', `/generations/${enc(id)}`);
export const history = (id: string) => json<History>('GET', `/projects/${enc(id)}/generations?limit=100`);
export const activate = (id: string, generationId: string) => answer('POST', `/projects/${enc(id)}/generations/${enc(generationId)}/activate`);
export const compare = (id: string, from: number, to: number) => json<Comparison>('GET', `/projects/${enc(id)}/compare/${from}/${to}`);

/** Saves the zip as `name`: fetched, for a link cannot carry the bearer token. */
export async function download(id: string, name: string): Promise<void> {
  const response = await answer('GET', `/generations/${enc(id)}/download`, { headers: { accept: 'application/zip' } });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function streamTicket(id: string, signal: AbortSignal): Promise<Ticket> {
  const response = await authorized(request('POST', `/generations/${enc(id)}/stream-token`, { signal }));
  if (response.ok) return { kind: 'ok', url: ((await response.json()) as StreamTokenRead).stream_url };
  if (response.status === 400) return { kind: 'terminal' };
  if (response.status === 401) return { kind: 'signed-out' };
  if (response.status === 404) return { kind: 'gone' };
  const problem = await problemOf(response);
  if (response.status === 429) return { kind: 'limited', seconds: problem.retryAfter ?? 10 };
  throw problem;
}

export function events(id: string, after: number, signal: AbortSignal): Promise<ProgressEvent[]> {
  return json('GET', `/generations/${enc(id)}/events?after=${after}`, { signal });
}

