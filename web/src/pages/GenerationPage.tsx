import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';

import './generation.css';
import { Problem, UNREACHABLE } from '../api/problem';
import { generation as getGeneration, project as getProject } from '../api/service';
import type { Generation, Project } from '../api/types';
import { LiveBuild } from '../live/LiveBuild';
import { useBuild } from '../live/use-build';
import { Ended } from '../live/Ended';
import { LinkState } from '../live/LinkState';
import { isTerminal } from '../stream/event';
import { fetched } from '../ui/fetched';
import { Failure, Waiting } from '../ui/Notice';
import { GenerationHead } from './GenerationHead';
import { useTitle } from './use-title';

const loadResult = () => import('../result/Result').then((module) => module.Result);
const Result = fetched(loadResult);
const SolveConflicts = fetched(() => import('../revision/SolveConflicts').then((module) => module.SolveConflicts));
const PlanReview = fetched(() => import('../plan/PlanReview').then((module) => module.PlanReview));

interface Props {
  id: string;
  tab: string;
  path: string;
}

/** One generation, from its first event to its last, and what came of it. */
export function GenerationPage({ id, tab, path }: Props) {
  const known = useQuery({
    queryKey: ['generation', id],
    // Asked for anew, the former request is given up: one that hangs on a dead connection would keep a place among the browser's few.
    queryFn: ({ signal }) => getGeneration(id, signal),
    // Opened while the service restarts: it comes by itself, as a stream would.
    refetchInterval: ({ state: { error } }) => (error instanceof Problem && error.status === UNREACHABLE ? 5_000 : false),
  });
  const projectId = known.data?.project_id;
  const project = useQuery({
    queryKey: ['project', projectId],
    queryFn: () => getProject(projectId ?? ''),
    enabled: projectId !== undefined,
  });
  useTitle(project.data ? `${project.data.name}${known.data?.version ? ` v${known.data.version}` : ''}` : 'Build');

  if (known.isPending) return <Waiting what="the build" />;
  if (known.isLoadingError) {
    return (
      <>
        <h1 className="visually-hidden">Build</h1>
        <Failure error={known.error} retry={() => void known.refetch()} />
      </>
    );
  }
  return <Followed generation={known.data} project={project.data} tab={tab} path={path} />;
}

function Followed({ generation, project, tab, path }: { generation: Generation; project: Project | undefined; tab: string; path: string }) {
  const queries = useQueryClient();
  const { build, link } = useBuild(generation.id, isTerminal(generation.status));
  // The stream is ahead of what was asked for when the page opened.
  const { status, stage } = build.log.length > 0 ? build : generation;

  useEffect(() => {
    if (status === generation.status) return;
    const ask = () => void queries.invalidateQueries({ queryKey: ['generation', generation.id] });
    ask();
    // An answer may be lost, or older than the event: without another one the end would never be shown.
    const again = setInterval(ask, 5_000);
    // Its versions, and which of them is the active one.
    void queries.invalidateQueries({ queryKey: ['project', generation.project_id] });
    void queries.invalidateQueries({ queryKey: ['history', generation.project_id] });
    void queries.invalidateQueries({ queryKey: ['projects'] });
    return () => clearInterval(again);
  }, [status, generation, queries]);

  useEffect(() => {
    // While the service is there: it may restart just when the build ends.
    void loadResult().catch(() => undefined);
  }, []);

  const settled = status === generation.status;
  return (
    <div className="generation">
      <GenerationHead generation={generation} project={project} status={status} build={build} />
      <LinkState link={link} ended={isTerminal(status)} />
      <Suspense fallback={<Waiting what="this part" />}>
        {status === 'completed' && settled ? (
          <Result generation={generation} project={project} build={build} tab={tab} path={path} />
        ) : status === 'awaiting_approval' && stage === 'code' ? (
          <SolveConflicts key={generation.id} generation={generation} />
        ) : status === 'awaiting_approval' ? (
          <PlanReview key={generation.id} generation={generation} build={build} />
        ) : (
          <>
            {(status === 'failed' || status === 'cancelled') && settled && <Ended generation={generation} build={build} />}
            {/* Of one that has ended, what it was told of is still to be read: nothing will appear as it is made. */}
            {isTerminal(generation.status) && build.log.length === 0 ? <Waiting what="the log" /> : <LiveBuild build={build} />}
          </>
        )}
      </Suspense>
    </div>
  );
}
