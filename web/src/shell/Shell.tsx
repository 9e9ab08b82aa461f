import { lazy, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { signOut } from '../api/service';
import { MoonIcon, PersonIcon, SearchIcon, SunIcon } from '../ui/icons';
import { Boundary } from '../ui/Boundary';
import { SignInAgain } from './SignInAgain';
import { currentTheme, switchTheme } from './theme';
import { useKeys } from './use-keys';
import { useLogin } from './use-login';
import { useOnline } from './use-online';

const loadPalette = () => import('./Palette').then((module) => ({ default: module.Palette }));
const Palette = lazy(loadPalette);

/** Tabs and files of one generation are the same place. */
const placeOf = (path: string) => path.split('/').slice(0, 3).join('/');

export function Shell({ children }: { children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [theme, setTheme] = useState(currentTheme);
  const [path] = useLocation();
  const login = useLogin();
  const online = useOnline();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  // Fetched when all else has been: who presses Ctrl-K types on at once.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 1_500);
    return () => clearTimeout(timer);
  }, []);

  useKeys(useCallback(() => setPalette(true), []));

  // A screen reader should begin at the new page, as it would after a real load; tabs of one generation are the same page.
  useEffect(() => {
    if (placeOf(shown.current) !== placeOf(path) && !main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);

  return (
    <>
      <a className="skip" href="#main">Skip to the content</a>
      <header className="bar">
        <Link href="/" className="brand" aria-label="Apiwright, home">
          <img src="/mark.svg" alt="" width="24" height="24" />
          <span>Apiwright</span>
        </Link>
        <nav aria-label="Main">
          <Link href="/" aria-current={path === '/' ? 'page' : undefined}>New</Link>
          <Link href="/projects" aria-current={path.startsWith('/projects') ? 'page' : undefined}>Projects</Link>
        </nav>
        <div className="end">
          <button type="button" className="palette-button" onClick={() => setPalette(true)} aria-keyshortcuts="Control+K">
            <SearchIcon /> <span>Commands</span> <kbd aria-hidden="true">Ctrl K</kbd>
          </button>
          <button type="button" className="icon-button" aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'} onClick={() => setTheme(switchTheme())}>
            {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
          </button>
          {login.state === 'in' ? (
            <>
              <Link href="/account" className="who" title={login.session.email} aria-label={`Account of ${login.session.email}`} aria-current={path === '/account' ? 'page' : undefined}>
                <PersonIcon /> <span>{login.session.email}</span>
              </Link>
              <button type="button" className="button quiet small log-out" onClick={signOut}>Log out</button>
            </>
          ) : (
            <Link href="/login" className="button small">Log in</Link>
          )}
        </div>
      </header>
      {!online && <p className="offline" role="status">You are offline. What is on the page stays; the rest goes on by itself when you are back.</p>}
      <main id="main" ref={main} tabIndex={-1}><Boundary key={placeOf(path)}>{children}</Boundary></main>
      {login.state === 'expired' && <SignInAgain email={login.email} />}
      {palette && (
        <Boundary>
          <Suspense>
            <Palette close={() => setPalette(false)} switchTheme={() => setTheme(switchTheme())} />
          </Suspense>
        </Boundary>
      )}
    </>
  );
}
