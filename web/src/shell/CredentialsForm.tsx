import { useId, useState, type SyntheticEvent } from 'react';

import { Problem } from '../api/problem';
import { signIn } from '../api/service';
import { Failure } from '../ui/Notice';

interface Props {
  kind: 'login' | 'register';
  email?: string;
  onDone: () => void;
}

const SHORTEST = 8;

export function CredentialsForm({ kind, email: known = '', onDone }: Props) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();

  async function send(event: SyntheticEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(kind, email.trim(), password);
      onDone();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }

  const fields = error instanceof Problem && error.status === 422 ? error.fields : {};
  const refused = error instanceof Problem && error.status === 401;
  const taken = error instanceof Problem && error.status === 409;
  const other = error !== null && !refused && !taken && Object.keys(fields).length === 0;

  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor={`${id}e`}>Email</label>
        <input
          id={`${id}e`} className="input" type="email" name="email" autoComplete="username" required
          aria-invalid={taken || 'email' in fields} aria-describedby={`${id}ew`}
          value={email} onChange={(event) => setEmail(event.target.value)}
        />
        <p className="wrong" id={`${id}ew`} role="alert">{taken ? 'This address has an account already. Log in instead.' : fields['email']}</p>
      </div>
      <div className="field">
        <label htmlFor={`${id}p`}>Password</label>
        <input
          id={`${id}p`} className="input" type="password" name="password" required
          autoComplete={kind === 'login' ? 'current-password' : 'new-password'} minLength={kind === 'register' ? SHORTEST : undefined}
          aria-invalid={refused || 'password' in fields} aria-describedby={`${id}pw`}
          value={password} onChange={(event) => setPassword(event.target.value)}
        />
        {kind === 'register' && <p className="hint">At least {SHORTEST} characters. A sentence is easy to keep in mind.</p>}
        <p className="wrong" id={`${id}pw`} role="alert">{refused ? 'Email and password do not belong together.' : fields['password']}</p>
      </div>
      {other && <Failure error={error} />}
      <button type="submit" className="button primary" disabled={busy}>
        {kind === 'login' ? 'Log in' : 'Create the account'}
      </button>
    </form>
  );
}
