import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource-variable/red-hat-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { followLogin } from './api/follow-login';
import { Problem, UNREACHABLE } from './api/problem';
import { App } from './app';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always', // the page tells of a lost network itself
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === UNREACHABLE || error.status >= 500),
      retryDelay: (count) => 1_000 * 2 ** count,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

followLogin(queries);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
