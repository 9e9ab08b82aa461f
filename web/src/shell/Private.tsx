import type { ReactNode } from 'react';
import { Redirect, useLocation } from 'wouter';

import { useLogin } from './use-login';

/** What only a logged-in reader sees. A login that expires leaves the page where it is: the shell asks for the password over it. */
export function Private({ children }: { children: ReactNode }) {
  const login = useLogin();
  const [path] = useLocation();
  if (login.state === 'out') return <Redirect to={`/login?next=${encodeURIComponent(path)}`} replace />;
  return children;
}
