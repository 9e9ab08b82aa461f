import type { Blueprint, Entity, Field } from '../api/types';
import type { Endpoint, Group } from './readme';

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
}

/** The entity that a group of endpoints is about: the one that its paths name, as in `/todos/{todo_id}`. */
export function entityOf(group: Group, blueprint: Blueprint): Entity | undefined {
  const parameter = group.endpoints.map((endpoint) => /\{(\w+?)_?id\}/.exec(endpoint.path)?.[1]).find(Boolean);
  return parameter === undefined ? undefined : blueprint.entities.find((entity) => snake(entity.name) === parameter);
}

function sample(field: Field): unknown {
  switch (field.type) {
    case 'integer': return Math.ceil(field.min ?? 1);
    case 'float': return field.min ?? 1.5;
    case 'decimal': return String(field.min ?? '9.90');
    case 'boolean': return true;
    case 'date': return '2026-03-01';
    case 'datetime': return '2026-03-01T12:00:00Z';
    case 'time': return '12:00:00';
    case 'uuid': return '0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f';
    case 'email': return 'ada@example.com';
    case 'url': return 'https://example.com';
    case 'slug': return 'a-slug';
    case 'enum': return field.values[0] ?? '';
    case 'json': return {};
    case 'secret': return 'kept-to-itself';
    case 'string':
    case 'text': return field.name.replaceAll('_', ' ');
  }
}

/** A body that create takes: what it must have, and no more than a few of the rest. */
export function sampleBody(entity: Entity): Record<string, unknown> {
  const moved = new Set(entity.transitions.map((transition) => transition.field));
  const open = entity.fields.filter((field) => !moved.has(field.name));
  const needed = open.filter((field) => field.required && field.default === null);
  const chosen = needed.length > 0 ? needed : open.slice(0, 2);
  const links = entity.relations.filter((relation) => relation.required && relation.kind !== 'many_to_many' && relation.name !== entity.owned_via);
  return Object.fromEntries([
    ...chosen.map((field) => [field.name, sample(field)] as const),
    ...links.map((relation) => [`${relation.name}_id`, '0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f'] as const),
  ]);
}

/** A command that calls the endpoint of a server on this machine. */
export function curlOf(endpoint: Endpoint, entity?: Entity): string {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const parts = ['curl'];
  if (endpoint.method !== 'GET') parts.push('-X', endpoint.method);
  parts.push(`"http://127.0.0.1:8000${path}"`);
  const lines = [parts.join(' ')];
  if (endpoint.who !== 'anybody') lines.push('-H "Authorization: Bearer $TOKEN"');
  const body = bodyOf(endpoint, entity);
  if (body !== null) lines.push(body);
  return lines.join(' \\\n  ');
}

function bodyOf({ method, path }: Endpoint, entity: Entity | undefined): string | null {
  const json = (value: unknown) => `-H "Content-Type: application/json" -d '${JSON.stringify(value).replaceAll("'", String.raw`'\''`)}'`;
  if (path === '/auth/login') return "-d 'username=ada@example.com' -d 'password=correct horse battery'";
  if (path === '/auth/refresh' || path === '/auth/logout') return json({ refresh_token: '…' });
  if (path === '/auth/password') return json({ current_password: '…', new_password: '…' });
  if (path === '/auth/register') return json({ ...(entity ? sampleBody(entity) : {}), password: 'correct horse battery' });
  if (path.endsWith('/role')) return json({ role: 'admin' });
  const collection = !path.includes('{');
  if (entity && ((method === 'POST' && collection) || method === 'PATCH')) return json(sampleBody(entity));
  return null;
}
