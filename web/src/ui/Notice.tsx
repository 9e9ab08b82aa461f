import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { Problem, UNREACHABLE } from '../api/problem';
import { NoteIcon, WarnIcon } from './icons';
import { plural } from './format';

type Tone = 'bad' | 'warn' | 'note';

/** Something the reader should know, and what to do about it. */
export function Notice({ tone, title, children }: { tone: Tone; title: string; children?: ReactNode }) {
  return (
    <section className={`notice ${tone}`} role={tone === 'note' ? undefined : 'alert'}>
      {tone === 'note' ? <NoteIcon /> : <WarnIcon />}
      <div className="body">
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function advice(problem: Problem): [title: string, next: string] {
  if (problem.status === UNREACHABLE) return ['The service cannot be reached', 'Nothing you did is lost. Try again in a moment.'];
  if (problem.status === 429) {
    const wait = problem.retryAfter === null ? 'a little' : plural(problem.retryAfter, 'second');
    return ['That was too much in too short a time', `Wait ${wait}, then try again.`];
  }
  if (problem.status === 404) return ['Not found', 'It does not exist, was deleted, or belongs to another account.'];
  if (problem.status === 401) return ['You are not logged in', 'Log in, then come back to this page.'];
  if (problem.status >= 500) return ['The service failed', 'Try again. If it goes on failing, its log names the request below.'];
  return [problem.title, problem.message === problem.title ? '' : problem.message];
}

/** What went wrong with a request, in the reader's words, with the next step. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = error instanceof Problem ? error : new Problem(-1, 'The page failed', error instanceof Error ? error.message : '');
  const [title, next] = advice(problem);
  const missing = problem.status === 404; // asking again brings nothing, and no log has more to say
  const request = missing ? undefined : problem.body['request_id'];
  return (
    <Notice tone={problem.status === 429 || problem.status === UNREACHABLE ? 'warn' : 'bad'} title={title}>
      {next && <p>{next}</p>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((item, index) => (
            <li key={index}>
              {item.message} <span className="quiet-text">{item.hint}</span>
            </li>
          ))}
        </ul>
      )}
      {typeof request === 'string' && <p className="hint mono">Request {request}</p>}
      {missing && <p><Link href="/projects">See your projects</Link></p>}
      {retry && !missing && (
        <p>
          <button type="button" className="button small" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </Notice>
  );
}

/** A place that will have something in it, with what to do to get there. */
export function Blank({ title, level = 2, children }: { title: string; level?: 1 | 2; children?: ReactNode }) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="blank">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

export function Waiting({ what }: { what: string }) {
  return (
    <div className="waiting" role="status" aria-label={`Loading ${what}`}>
      {['62%', '88%', '44%', '71%'].map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </div>
  );
}
