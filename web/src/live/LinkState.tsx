import { Link as To } from 'wouter';

import type { Link } from '../stream/follow';
import { useNow } from '../pages/use-now';
import { plural } from '../ui/format';
import { Notice } from '../ui/Notice';

/** What the reader should know of the connection; nothing while all is well. */
export function LinkState({ link, ended }: { link: Link; ended: boolean }) {
  const now = useNow(link.state === 'waiting' ? 500 : null);
  if (ended) return null;
  switch (link.state) {
    case 'waiting': {
      const left = Math.max(1, Math.ceil((link.until - now) / 1_000));
      const title = { lost: 'The connection broke', limited: 'Too many connections for now', unreachable: 'The service does not answer' }[link.why];
      if (link.why === 'lost' && link.attempt === 1) return null; // most breaks mend at once
      return (
        <Notice tone="warn" title={title}>
          <p>The build goes on without this page. Next look in {plural(left, 'second')}; nothing is missed.</p>
        </Notice>
      );
    }
    case 'offline':
      return (
        <Notice tone="warn" title="You are offline">
          <p>The build goes on at the service. This page catches up by itself once you are back.</p>
        </Notice>
      );
    case 'gone':
      return (
        <Notice tone="bad" title="This build is no longer there">
          <p>It was deleted with its project. <To href="/">Start from a prompt</To></p>
        </Notice>
      );
    case 'signed-out':
    case 'connecting':
    case 'open':
    case 'ended':
      return null;
  }
}
