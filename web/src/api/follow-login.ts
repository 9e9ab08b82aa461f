import type { QueryClient } from '@tanstack/react-query';

import { currentLogin, onLogin } from './session';

/** What was fetched belongs to who is logged in: it goes with them, and what a login that had ended kept back is asked for again. */
export function followLogin(queries: QueryClient): void {
  let before = currentLogin();
  onLogin(() => {
    const login = currentLogin();
    if (login.state === 'out' || (login.state === 'in' && before.state === 'in' && login.session.email !== before.session.email)) queries.clear();
    else if (login.state === 'in' && before.state !== 'in') {
      if (before.state === 'expired' && before.email !== login.session.email) queries.clear();
      void queries.invalidateQueries();
    }
    before = login;
  });
}
