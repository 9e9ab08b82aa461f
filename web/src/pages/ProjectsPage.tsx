import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';

import './projects.css';
import { deleteProject, projects } from '../api/service';
import type { Project } from '../api/types';
import { Confirm } from '../ui/Confirm';
import { ago } from '../ui/format';
import { BinIcon, PlusIcon, SearchIcon } from '../ui/icons';
import { Blank, Failure, Waiting } from '../ui/Notice';
import { REST, useLate } from '../ui/use-late';
import { useNow } from './use-now';
import { useTitle } from './use-title';

export function ProjectsPage() {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const words = useLate(search.trim(), REST);
  const now = useNow(60_000);
  const found = useQuery({ queryKey: ['projects', words, offset], queryFn: () => projects(words, offset), placeholderData: keepPreviousData });
  useTitle('Projects');

  return (
    <div className="stack projects">
      <div className="row spread">
        <h1>Projects</h1>
        <Link href="/" className="button primary"><PlusIcon /> New backend</Link>
      </div>
      <label className="search-box">
        <SearchIcon />
        <span className="visually-hidden">Search projects</span>
        <input
          data-slash type="search" placeholder="Search by name or by what it keeps" value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setOffset(0);
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {found.isPending && <Waiting what="projects" />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && (found.data.items.length === 0 ? <Nothing words={words} /> : <List items={found.data.items} now={now} />)}
      {found.data && found.data.total > found.data.limit && (
        <nav className="row" aria-label="Pages">
          <button type="button" className="button small" disabled={offset === 0} onClick={() => setOffset(offset - found.data.limit)}>Newer</button>
          <span className="small-text quiet-text">
            {offset + 1} to {Math.min(offset + found.data.limit, found.data.total)} of {found.data.total}
          </span>
          <button type="button" className="button small" disabled={offset + found.data.limit >= found.data.total} onClick={() => setOffset(offset + found.data.limit)}>Older</button>
        </nav>
      )}
    </div>
  );
}

function Nothing({ words }: { words: string }) {
  return words ? (
    <Blank title={`No project matches “${words}”`}><p>Search looks at names, descriptions and what a project keeps.</p></Blank>
  ) : (
    <Blank title="No project yet">
      <p>A project begins with a prompt. It keeps every version that you build from there.</p>
      <Link href="/" className="button primary">Describe a backend</Link>
    </Blank>
  );
}

function List({ items, now }: { items: Project[]; now: number }) {
  const queries = useQueryClient();
  return (
    <ul className="project-list" aria-label="Projects">
      {items.map((project) => (
        <li key={project.id} className="sheet">
          <div>
            <h2><Link href={`/projects/${project.id}`}>{project.name}</Link></h2>
            {project.description && <p className="small-text quiet-text">{project.description}</p>}
          </div>
          <p className="label">changed {ago(project.updated_at, now)}</p>
          <Confirm
            trigger={<button type="button" className="icon-button" aria-label={`Delete ${project.name}`}><BinIcon /></button>}
            title={`Delete ${project.name}?`}
            text="All of its versions and their files go with it. This cannot be undone."
            act="Delete the project"
            onConfirm={async () => {
              await deleteProject(project.id);
              await queries.invalidateQueries({ queryKey: ['projects'] });
            }}
          />
        </li>
      ))}
    </ul>
  );
}
