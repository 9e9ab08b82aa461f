import { useEffect, useRef } from 'react';

import type { ProgressEvent } from '../stream/event';

/** Every event, as the service told it. It keeps to the newest line until the reader scrolls up. */
export function Log({ events, follow }: { events: readonly ProgressEvent[]; follow: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);

  useEffect(() => {
    if (follow && atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [events, follow]);

  return (
    <ol
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard
      className="log scroll" ref={list} tabIndex={0} aria-label="Events"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {events.map((event) => (
        <li key={event.seq} className={event.status}>
          <time dateTime={event.timestamp}>{event.timestamp.slice(11, 23)}</time>
          <span className="stage">{event.phase || event.stage}</span>
          <span>{event.message}</span>
        </li>
      ))}
    </ol>
  );
}
