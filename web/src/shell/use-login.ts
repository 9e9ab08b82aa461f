import { useSyncExternalStore } from 'react';

import { currentLogin, onLogin, type Login } from '../api/session';

export function useLogin(): Login {
  return useSyncExternalStore(onLogin, currentLogin);
}
