import { useQuery } from '@tanstack/react-query';
import { memo, useMemo, useState } from 'react';

import './endpoints.css';
import { blueprint as getBlueprint, file as getFile } from '../api/service';
import type { Blueprint, Entity } from '../api/types';
import { CopyButton } from '../ui/CopyButton';
import { SearchIcon } from '../ui/icons';
import { Blank, Failure, Waiting } from '../ui/Notice';
import { useDrawn } from '../ui/use-drawn';
import { useLate } from '../ui/use-late';
import { curlOf, entityOf } from './curl';
import { groupsIn, type Endpoint, type Group } from './readme';

const AT_ONCE = 6; // groups: more than a screen shows

/** Every route of the project, by what it is about, with who may call it and a command that does. */
export function Endpoints({ id }: { id: string }) {
  const readme = useQuery({ queryKey: ['file', id, 'README.md'], queryFn: () => getFile(id, 'README.md'), staleTime: Infinity });
  const blueprint = useQuery({ queryKey: ['blueprint', id], queryFn: () => getBlueprint(id), staleTime: Infinity });
  const [search, setSearch] = useState('');
  const words = useLate(search.trim().toLowerCase());
  const groups = useMemo(() => (readme.data === undefined ? [] : groupsIn(readme.data)), [readme.data]);
  const shown = useMemo(() => matching(groups, words), [groups, words]);
  const drawn = useDrawn(shown.length, AT_ONCE);
  // By the whole group: what is left of it by a search may name no row.
  const entities = useMemo(() => new Map(groups.map((group) => [group.heading, blueprint.data && aboutOf(group, blueprint.data)])), [groups, blueprint.data]);
  const count = (list: readonly Group[]) => list.reduce((sum, group) => sum + group.endpoints.length, 0);

  if (readme.isPending) return <Waiting what="the endpoints" />;
  if (readme.isLoadingError) return <Failure error={readme.error} retry={() => void readme.refetch()} />;
  if (groups.length === 0) return <Blank title="No list of endpoints"><p>This version’s README lists none. Its <code>/docs</code> does, once it runs.</p></Blank>;
  return (
    <div className="endpoints sheet">
      <label className="search-in">
        <SearchIcon />
        <span className="visually-hidden">Find an endpoint</span>
        <input type="search" placeholder="Find an endpoint, or who may call it" value={search} onChange={(event) => setSearch(event.target.value)} />
        <span className="label" role="status">{count(shown)} of {count(groups)}</span>
      </label>
      {shown.slice(0, drawn).map((group) => <Lines key={group.heading} group={group} entity={entities.get(group.heading)} />)}
    </div>
  );
}

const Lines = memo(function Lines({ group, entity }: { group: Group; entity: Entity | undefined }) {
  return (
    <section aria-label={group.heading}>
      <h2>{group.heading}</h2>
      {group.text && <p className="hint">{group.text}</p>}
      <ul>{group.endpoints.map((endpoint) => <Line key={`${endpoint.method} ${endpoint.path}`} endpoint={endpoint} entity={entity} />)}</ul>
    </section>
  );
});

function aboutOf(group: Group, blueprint: Blueprint): Entity | undefined {
  return group.heading === 'Accounts' ? blueprint.entities.find(({ name }) => name === blueprint.auth?.entity) : entityOf(group, blueprint);
}

function matching(groups: readonly Group[], words: string): readonly Group[] {
  if (!words) return groups;
  const hit = (endpoint: Endpoint) => `${endpoint.method} ${endpoint.path} ${endpoint.what} ${endpoint.who}`.toLowerCase().includes(words);
  return groups.flatMap((group) => {
    const endpoints = group.endpoints.filter(hit);
    // One that is whole stays the same object, and is not drawn anew.
    return endpoints.length === group.endpoints.length ? [group] : endpoints.length > 0 ? [{ ...group, endpoints }] : [];
  });
}

function Line({ endpoint, entity }: { endpoint: Endpoint; entity: Entity | undefined }) {
  const [open, setOpen] = useState(false);
  const curl = open ? curlOf(endpoint, entity) : '';
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className={`method ${endpoint.method.toLowerCase()}`}>{endpoint.method}</span>
          <code className="path">{endpoint.path}</code>
          <span className="what">{endpoint.what}</span>
          <span className="who">{endpoint.who}</span>
        </summary>
        {open && (
          <div className="call">
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard */}
            <pre tabIndex={0} aria-label={`Command for ${endpoint.method} ${endpoint.path}`}>{curl}</pre>
            <CopyButton text={curl} label="Copy the command" />
          </div>
        )}
      </details>
    </li>
  );
}
