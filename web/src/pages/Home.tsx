import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';

import './home.css';
import { generate, projects, type Wish } from '../api/service';
import { useLogin } from '../shell/use-login';
import { ago } from '../ui/format';
import { Failure, Waiting } from '../ui/Notice';
import { PromptSheet } from './PromptSheet';
import { dropWish, heldWish, holdWish } from './wish';
import { useTitle } from './use-title';
import { useNow } from './use-now';

export function Home() {
  const [, go] = useLocation();
  const login = useLogin();
  const signedIn = login.state === 'in';
  const [held] = useState(heldWish);
  const [error, setError] = useState<unknown>(null);
  const sent = useRef(false);
  useTitle('');

  const send = useCallback(
    async (wish: Wish) => {
      if (!signedIn) {
        holdWish(wish);
        go('/signup');
        return;
      }
      const made = await generate(wish, crypto.randomUUID());
      dropWish();
      go(`/g/${made.id}`);
    },
    [signedIn, go],
  );

  // Asked for before there was an account: built now, once.
  useEffect(() => {
    if (!held?.send || !signedIn || sent.current) return;
    sent.current = true;
    dropWish();
    send(held.wish).catch(setError);
  }, [held, signedIn, send]);

  return (
    <div className="home">
      <div className="home-head">
        <h1>Describe a backend.<br />Get one that has already run.</h1>
        <p>
          A complete FastAPI project: models, migrations, routes, login, tests. It is booted, migrated and tested in a sandbox <em>before</em> you
          see it. Then you change it by asking again.
        </p>
      </div>
      {error !== null && <Failure error={error} />}
      <PromptSheet initial={held?.wish ?? null} onSend={send} />
      {signedIn ? <Recent /> : <Promises />}
    </div>
  );
}

function Promises() {
  return (
    <dl className="promises">
      <div><dt className="label">Completed means</dt><dd>proven. Every check passed, or you are told which one did not, with its output.</dd></div>
      <div><dt className="label">You get</dt><dd>the files. Plain, typed FastAPI and SQLAlchemy; nothing of ours to import, no runtime to rent.</dd></div>
      <div><dt className="label">It needs</dt><dd>no key and no model. A language model, where one is set up, widens what is understood, never what is trusted.</dd></div>
    </dl>
  );
}

function Recent() {
  const known = useQuery({ queryKey: ['projects', '', 0], queryFn: () => projects('', 0) });
  const now = useNow(60_000);
  if (known.isPending) return <Waiting what="your projects" />;
  if (known.isLoadingError) return <Failure error={known.error} retry={() => void known.refetch()} />;
  if (known.data.items.length === 0) return <Promises />;
  return (
    <section className="recent" aria-labelledby="recent">
      <div className="row spread">
        <h2 id="recent">Lately</h2>
        {known.data.total > 4 && <Link href="/projects">All {known.data.total} projects</Link>}
      </div>
      <ul>
        {known.data.items.slice(0, 4).map((project) => (
          <li key={project.id}>
            <Link href={`/projects/${project.id}`}>{project.name}</Link>
            <span className="quiet-text small-text">{ago(project.updated_at, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
