import { useEffect } from 'react';
import { Link, useLocation, useSearch } from 'wouter';

import './sign-in.css';
import { CredentialsForm } from '../shell/CredentialsForm';
import { useLogin } from '../shell/use-login';
import { heldWish } from './wish';
import { useTitle } from './use-title';

/** Only a path of this page is followed: never another site, however the address was made. */
function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

export function SignIn({ kind }: { kind: 'login' | 'register' }) {
  const search = useSearch();
  const [, go] = useLocation();
  const login = useLogin();
  const next = nextOf(search);
  const held = heldWish();
  const wish = held?.send ? held.wish : null;
  useTitle(kind === 'login' ? 'Log in' : 'Sign up');

  useEffect(() => {
    if (login.state === 'in') go(next, { replace: true });
  }, [login.state, next, go]);

  const query = search ? `?${search}` : '';
  return (
    <div className="sign-in sheet">
      <h1>{kind === 'login' ? 'Log in' : 'Make an account'}</h1>
      {wish ? (
        <p className="quiet-text">Your prompt is kept. It is built as soon as you are in: <q>{wish.prompt.slice(0, 90)}{wish.prompt.length > 90 ? '…' : ''}</q></p>
      ) : (
        <p className="quiet-text">Projects belong to an account on this server, and nobody else sees them.</p>
      )}
      <CredentialsForm key={kind} kind={kind} onDone={() => undefined} />
      <p className="small-text">
        {kind === 'login' ? <>No account yet? <Link href={`/signup${query}`}>Sign up</Link></> : <>Have one already? <Link href={`/login${query}`}>Log in</Link></>}
      </p>
    </div>
  );
}
