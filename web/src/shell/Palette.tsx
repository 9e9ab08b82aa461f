import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';

import './palette.css';
import { projects, signOut } from '../api/service';
import { useLogin } from './use-login';

interface Command {
  name: string;
  note: string;
  run: () => void;
}

function focusSlash() {
  // After the dialog has given the focus back.
  setTimeout(() => document.querySelector<HTMLElement>('[data-slash]')?.focus(), 50);
}

/** The commands of the page as it is now: one that still loads brings its own when it is there. */
function usePageCommands(): Command[] {
  const [commands, setCommands] = useState(pageCommands);
  useEffect(() => {
    const main = document.querySelector('main');
    if (!main) return;
    const look = () => setCommands((before) => {
      const now = pageCommands();
      return now.map(({ name }) => name).join() === before.map(({ name }) => name).join() ? before : now;
    });
    const watch = new MutationObserver(look);
    watch.observe(main, { childList: true, subtree: true });
    look();
    return () => watch.disconnect();
  }, []);
  return commands;
}

/** What the page itself offers: links and buttons that it marks with `data-command`, found anew when one is chosen. */
function pageCommands(): Command[] {
  const marked = () => [...document.querySelectorAll<HTMLElement>('[data-command]')];
  return [...new Set(marked().map((element) => element.dataset['command'] ?? ''))].map((name) => ({
    name,
    note: 'this page',
    run: () => marked().find((element) => element.dataset['command'] === name)?.click(),
  }));
}

export function Palette({ close, switchTheme }: { close: () => void; switchTheme: () => void }) {
  const [, go] = useLocation();
  const login = useLogin();
  const signedIn = login.state === 'in';
  const onPage = usePageCommands();
  const known = useQuery({ queryKey: ['projects', '', 0], queryFn: () => projects('', 0), enabled: signedIn });

  const commands = useMemo<Command[]>(
    () => [
      { name: 'New backend', note: 'go', run: () => go('/') },
      ...(document.querySelector('[data-slash]') ? [{ name: 'Write in the box of this page', note: '/', run: focusSlash }] : []),
      ...onPage,
      { name: 'Projects', note: 'go', run: () => go('/projects') },
      ...(known.data?.items ?? []).map((project) => ({ name: `Open ${project.name}`, note: 'project', run: () => go(`/projects/${project.id}`) })),
      { name: 'Switch between light and dark', note: 'theme', run: switchTheme },
      ...(signedIn
        ? [{ name: 'Account and model keys', note: 'go', run: () => go('/account') }, { name: 'Log out', note: 'account', run: signOut }]
        : [{ name: 'Log in', note: 'account', run: () => go('/login') }]),
    ],
    [known.data, onPage, signedIn, go, switchTheme],
  );

  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="popup palette" aria-label="Commands">
          <Autocomplete.Root items={commands} itemToStringValue={(command: Command) => command.name} open inline autoHighlight="always">
            <Autocomplete.Input className="palette-input" placeholder="Where to, or what to do?" aria-label="Find a command" />
            <Autocomplete.Empty className="palette-empty">Nothing of that name.</Autocomplete.Empty>
            <Autocomplete.List className="palette-list">
              {(command: Command) => (
                <Autocomplete.Item
                  key={`${command.note} ${command.name}`}
                  value={command}
                  className="palette-item"
                  onClick={() => {
                    close();
                    command.run();
                  }}
                >
                  <span>{command.name}</span>
                  <span className="label">{command.note}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
          <p className="palette-foot hint">
            <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> do it · <kbd>Esc</kbd> close · elsewhere: <kbd>/</kbd> box, <kbd>Ctrl Enter</kbd> send
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
