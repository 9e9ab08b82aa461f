import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';

import './project.css';
import { activate, deleteGeneration, deleteProject, history as getHistory, project as getProject, renameProject, rollback } from '../api/service';
import type { Generation, Project } from '../api/types';
import { ChangeBox } from '../result/ChangeBox';
import { isTerminal } from '../stream/event';
import { Confirm } from '../ui/Confirm';
import { ago } from '../ui/format';
import { BinIcon, PenIcon } from '../ui/icons';
import { Blank, Failure, Waiting } from '../ui/Notice';
import { useNow } from './use-now';
import { useTitle } from './use-title';

/** A project's history: every version and every attempt, newest first. */
export function ProjectPage({ id }: { id: string }) {
  const [, go] = useLocation();
  const queries = useQueryClient();
  const project = useQuery({ queryKey: ['project', id], queryFn: () => getProject(id) });
  const history = useQuery({
    queryKey: ['history', id],
    queryFn: () => getHistory(id),
    refetchInterval: (query) => (query.state.data?.items.some((item) => !isTerminal(item.status)) ? 3_000 : false),
  });
  useTitle(project.data?.name ?? 'Project');

  if (project.isPending) return <Waiting what="the project" />;
  if (project.isLoadingError) {
    return (
      <>
        <h1 className="visually-hidden">Project</h1>
        <Failure error={project.error} retry={() => void project.refetch()} />
      </>
    );
  }
  return (
    <div className="stack project">
      <header className="row spread">
        <Name key={project.data.name} project={project.data} />
        <Confirm
          trigger={<button type="button" className="button quiet" data-command="Delete this project"><BinIcon /> Delete the project</button>}
          title={`Delete ${project.data.name}?`}
          text="All of its versions and their files go with it. This cannot be undone."
          act="Delete the project"
          onConfirm={async () => {
            await deleteProject(id);
            go('/projects');
            void queries.invalidateQueries({ queryKey: ['projects'] });
          }}
        />
      </header>
      {history.isPending && <Waiting what="its versions" />}
      {history.isError && <Failure error={history.error} retry={() => void history.refetch()} />}
      {history.data?.items.length === 0 && (
        <Blank title="Nothing built here yet"><Link href="/" className="button primary">Describe a backend</Link></Blank>
      )}
      {history.data && <Versions project={project.data} items={history.data.items} />}
    </div>
  );
}

function Name({ project }: { project: Project }) {
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState(project.name);
  const rename = useMutation({
    mutationFn: () => renameProject(project.id, name.trim()),
    onSuccess: async () => {
      setEditing(false);
      await queries.invalidateQueries({ queryKey: ['project', project.id] });
      await queries.invalidateQueries({ queryKey: ['projects'] });
    },
  });
  if (!editing) {
    return (
      <div className="row">
        <h1>{project.name}</h1>
        <button type="button" className="icon-button" aria-label="Rename the project" onClick={() => setEditing(true)}><PenIcon /></button>
      </div>
    );
  }
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <h1 className="visually-hidden">{project.name}</h1>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the reader just asked for this field */}
      <input className="input name-input" aria-label="Name of the project" maxLength={120} required autoFocus value={name} onChange={(event) => setName(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && setEditing(false)} />
      <button type="submit" className="button primary" disabled={rename.isPending}>Rename</button>
      <button type="button" className="button" onClick={() => setEditing(false)}>Keep the name</button>
      {rename.isError && <Failure error={rename.error} />}
    </form>
  );
}

function Versions({ project, items }: { project: Project; items: Generation[] }) {
  const now = useNow(30_000);
  const versions = items.filter((item) => item.version !== null).sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const before = (item: Generation) => versions.find((other) => (other.version ?? 0) < (item.version ?? 0))?.version ?? null;
  return (
    <ol className="versions" aria-label="Versions and attempts">
      {items.map((item) => (
        <Entry key={item.id} project={project} item={item} items={items} before={item.version === null ? null : before(item)} now={now} />
      ))}
    </ol>
  );
}

function Entry({ project, item, items, before, now }: { project: Project; item: Generation; items: Generation[]; before: number | null; now: number }) {
  const queries = useQueryClient();
  const [changing, setChanging] = useState(false);
  const active = project.active_generation_id === item.id;
  const renew = async () => {
    await queries.invalidateQueries({ queryKey: ['project', project.id] });
    await queries.invalidateQueries({ queryKey: ['history', project.id] });
  };
  const makeActive = useMutation({ mutationFn: () => activate(project.id, item.id), onSuccess: renew });
  const [, go] = useLocation();
  const current = items.find((other) => other.id === project.active_generation_id)?.version ?? null;
  const earlier = item.version !== null && current !== null && item.version < current;
  const title = item.version === null ? { failed: 'Failed', cancelled: 'Cancelled', completed: 'Completed', pending: 'Waiting', processing: 'Building', awaiting_approval: item.stage === 'code' ? 'Conflicts to solve' : 'Plan to review' }[item.status] : `Version ${item.version}`;
  return (
    <li className={`version ${item.status}`}>
      <span className="node" aria-hidden="true" />
      <article className="sheet">
        <header className="row spread">
          <h2><Link href={`/g/${item.id}`}>{title}</Link></h2>
          <p className="row">
            {active && <span className="active-mark label">active</span>}
            <span className="label">{ago(item.created_at, now)}</span>
          </p>
        </header>
        <p className="version-prompt">{item.prompt}</p>
        {item.status === 'failed' && item.error && <p className="wrong">{item.error.message}</p>}
        <div className="row">
          <Link href={`/g/${item.id}`} className="button small">{isTerminal(item.status) ? 'Open' : 'Watch'}</Link>
          {item.version !== null && (
            <>
              <button type="button" className="button small" aria-expanded={changing} onClick={() => setChanging(!changing)}>Change from here</button>
              {before !== null && <Link href={`/projects/${project.id}/compare/${before}/${item.version}`} className="button small">Compare with v{before}</Link>}
              {!active && <button type="button" className="button small" disabled={makeActive.isPending} onClick={() => makeActive.mutate()}>Make active</button>}
            </>
          )}
          {earlier && (
            <Confirm
              trigger={<button type="button" className="button small">Go back to this</button>}
              title={`Make a version like version ${item.version}?`}
              text="It follows the active one, with the migration that leads back; nothing of the history is lost. If stored values would be thrown away, you are asked first."
              act="Make it"
              calm
              onConfirm={async () => go(`/g/${(await rollback(project.id, item.version ?? 0, { verify: item.verify }, crypto.randomUUID())).id}`)}
            />
          )}
          {isTerminal(item.status) && (
            <Confirm
              trigger={<button type="button" className="button small quiet" aria-label={`Delete ${title}`}><BinIcon /></button>}
              title={`Delete ${title}?`}
              text="Its files go with it. The other versions stay. This cannot be undone."
              act="Delete it"
              onConfirm={async () => {
                await deleteGeneration(item.id);
                await renew();
              }}
            />
          )}
        </div>
        {makeActive.isError && <Failure error={makeActive.error} />}
        {changing && <ChangeBox parent={item.id} verify={item.verify} />}
      </article>
    </li>
  );
}
