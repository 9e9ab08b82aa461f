/**
 * Who is logged in, shared by all tabs of the browser. Tokens live in `localStorage`: the content policy lets no foreign script
 * near them, and a login outlives the tab.
 */
export interface Session {
  access: string;
  refresh: string;
  /** Milliseconds since 1970 at which the access token ends. */
  expiresAt: number;
  email: string;
}

const KEY = 'apiwright.session';

export type Login =
  | { state: 'out' }
  | { state: 'in'; session: Session }
  /** The service refuses to renew the login: the page stays, and asks for the password again. */
  | { state: 'expired'; email: string };

function read(): Login {
  try {
    const text = localStorage.getItem(KEY);
    return text ? { state: 'in', session: JSON.parse(text) as Session } : { state: 'out' };
  } catch {
    return { state: 'out' };
  }
}

let login: Login = read();
const listeners = new Set<() => void>();

function become(next: Login): void {
  login = next;
  for (const listener of listeners) listener();
}

// Another tab logged in, out, or renewed the tokens.
globalThis.addEventListener('storage', (event) => {
  if (event.key === KEY || event.key === null) become(read());
});

export function currentLogin(): Login {
  return login;
}

export function onLogin(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The session as another tab may just have left it. */
export function freshSession(): Session | null {
  const stored = read();
  return stored.state === 'in' ? stored.session : null;
}

export function keepSession(session: Session): void {
  localStorage.setItem(KEY, JSON.stringify(session));
  become({ state: 'in', session });
}

export function dropSession(how: 'out' | 'expired'): void {
  localStorage.removeItem(KEY);
  const email = login.state === 'in' ? login.session.email : login.state === 'expired' ? login.email : '';
  become(how === 'out' ? { state: 'out' } : { state: 'expired', email });
}
