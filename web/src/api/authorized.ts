/** `fetch` with the bearer token, which renews the login once when it has ended. */
import { Problem, problemOf, UNREACHABLE } from './problem';
import type { Tokens } from './types';
import { currentLogin, dropSession, freshSession, keepSession, type Session } from './session';

const RENEWAL = 10_000;
const ARRIVAL = 1_000;
const LOCK = 'apiwright.renew';
const EARLY = 15_000; // renew this long before the end: clocks differ, answers take time

export function sessionOf(pair: Tokens, email: string): Session {
  return { access: pair.access_token, refresh: pair.refresh_token, expiresAt: Date.now() + pair.expires_in * 1_000, email };
}

export async function reach(input: RequestInfo, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(UNREACHABLE, 'The service cannot be reached', 'Nothing answered. It may be restarting, or your network is down.');
  }
}

let renewing: Promise<Session | null> | null = null;

/**
 * A refresh token may be used once; using it twice ends the login everywhere. So one tab renews at a time (a lock that spans
 * tabs), and whoever gets the lock looks first whether another tab has done it.
 */
async function renew(stale: Session): Promise<Session | null> {
  renewing ??= withLock((afterAnother) => renewOnce(stale, afterAnother)).finally(() => (renewing = null));
  return renewing;
}

async function withLock<T>(work: (afterAnother: boolean) => Promise<T>): Promise<T> {
  // `navigator.locks` is missing on plain http from another host; then tabs may race, and the loser logs in again.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return work(false);
  const { held = [] } = await locks.query();
  const afterAnother = held.some((lock) => lock.name === LOCK);
  return (await locks.request(LOCK, () => work(afterAnother)));
}

/** What another tab has stored reaches this one a moment after it gave the lock up. */
async function arrived(stale: Session): Promise<void> {
  for (const end = Date.now() + ARRIVAL; Date.now() < end && freshSession()?.access === stale.access; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function renewOnce(stale: Session, afterAnother: boolean): Promise<Session | null> {
  if (afterAnother) await arrived(stale);
  const stored = freshSession();
  if (stored === null) return null;
  if (stored.access !== stale.access) {
    keepSession(stored);
    return stored;
  }
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('late')), RENEWAL);
  const response = await reach('/api/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token: stored.refresh }),
    signal: late.signal, // every tab waits for it: it must not hang on a connection that died in a sleep
  }).finally(() => clearTimeout(timer));
  if (response.ok) {
    const session = sessionOf((await response.json()) as Tokens, stored.email);
    keepSession(session);
    return session;
  }
  if (response.status === 401 || response.status === 422) {
    dropSession('expired');
    return null;
  }
  throw await problemOf(response);
}

function withBearer(request: Request, session: Session): Request {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${session.access}`);
  return new Request(request, { headers });
}

export async function authorized(request: Request): Promise<Response> {
  const login = currentLogin();
  if (login.state !== 'in') return reach(request);
  let { session } = login;
  if (session.expiresAt - EARLY < Date.now()) session = (await renew(session)) ?? session;
  const spare = request.clone();
  const response = await reach(withBearer(request, session));
  if (response.status !== 401) return response;
  const renewed = await renew(session);
  return renewed === null ? response : reach(withBearer(spare, renewed));
}
