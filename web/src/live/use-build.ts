import { useEffect, useReducer, useRef, useState } from 'react';

import { reach } from '../api/authorized';
import { onLogin } from '../api/session';
import { events, streamTicket } from '../api/service';
import type { ProgressEvent } from '../stream/event';
import { Follower, type Link, type World } from '../stream/follow';
import { fold, NOTHING_YET, type Build } from './state';

function browserWorld(id: string, ended: boolean): World {
  return {
    ticket: (signal) => (ended ? Promise.resolve({ kind: 'terminal' }) : streamTicket(id, signal)),
    open: (url, signal) => reach(new URL(url, location.origin).href, { signal, headers: { accept: 'text/event-stream' }, cache: 'no-store' }),
    events: (after, signal) => events(id, after, signal),
    now: () => Date.now(),
    later: (call, milliseconds) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
    online: () => navigator.onLine,
    random: () => Math.random(),
  };
}

type Act = { kind: 'events'; events: ProgressEvent[] } | { kind: 'reset' };

function reduce(build: Build, act: Act): Build {
  return act.kind === 'reset' ? NOTHING_YET : act.events.reduce(fold, build);
}

/** Follow a generation as long as the page shows it; one that has `ended` is read, not followed. Events that arrive together are shown together: one paint, not fifty. */
export function useBuild(id: string, ended: boolean): { build: Build; link: Link } {
  const [build, dispatch] = useReducer(reduce, NOTHING_YET);
  const [link, setLink] = useState<Link>({ state: 'connecting' });

  const endedAtFirst = useRef(ended); // what was known when the page opened; the stream tells the rest

  useEffect(() => {
    dispatch({ kind: 'reset' });
    let waiting: ProgressEvent[] = [];
    let frame: ReturnType<typeof setTimeout> | null = null;
    const flush = () => {
      frame = null;
      const batch = waiting;
      waiting = [];
      if (batch.length > 0) dispatch({ kind: 'events', events: batch });
    };
    const follower = new Follower(browserWorld(id, endedAtFirst.current), {
      event: (event) => {
        waiting.push(event);
        frame ??= setTimeout(flush, 16); // a timer, for a hidden tab paints no frames
      },
      link: (next) => {
        flush();
        setLink(next);
      },
    });
    const wake = () => follower.wake();
    const sleep = () => follower.sleep();
    const shown = () => {
      if (document.visibilityState === 'visible') wake();
    };
    globalThis.addEventListener('online', wake);
    globalThis.addEventListener('offline', sleep);
    globalThis.addEventListener('pageshow', wake);
    document.addEventListener('visibilitychange', shown);
    const forget = onLogin(wake);
    follower.start();
    return () => {
      follower.stop();
      forget();
      if (frame !== null) clearTimeout(frame);
      globalThis.removeEventListener('online', wake);
      globalThis.removeEventListener('offline', sleep);
      globalThis.removeEventListener('pageshow', wake);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [id]);

  return { build, link };
}

