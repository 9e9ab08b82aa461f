import { Tabs } from '@base-ui/react/tabs';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useLocation } from 'wouter';

import './result.css';
import { files as getFiles, report as getReport } from '../api/service';
import type { Generation, Project } from '../api/types';
import { LiveBuild } from '../live/LiveBuild';
import type { Build } from '../live/state';
import { Failure, Waiting } from '../ui/Notice';
import { ChangesOf } from '../revision/ChangesOf';
import { ChangeBox } from './ChangeBox';
import { Endpoints } from './Endpoints';
import { Files } from './Files';
import { Parts } from './Parts';
import { ReportView } from './ReportView';
import { RunIt } from './RunIt';
import { TitleBlock } from './TitleBlock';

const Model = lazy(() => import('./Model').then((module) => ({ default: module.Model })));

const PARTS = [
  ['changes', 'Changes'],
  ['files', 'Files'],
  ['endpoints', 'Endpoints'],
  ['model', 'Model'],
  ['report', 'Proof'],
  ['build', 'Build log'],
] as const;

interface Props {
  generation: Generation;
  project: Project | undefined;
  build: Build;
  tab: string;
  path: string;
}

/** A published version: what it is, what is in it, how it was proven, and the box that makes the next one. */
export function Result({ generation, project, build, tab, path }: Props) {
  const [, go] = useLocation();
  const { id } = generation;
  const files = useQuery({ queryKey: ['files', id], queryFn: () => getFiles(id), staleTime: Infinity });
  const proof = useQuery({ queryKey: ['report', id], queryFn: () => getReport(id), staleTime: Infinity, enabled: generation.verify !== 'none' });
  const name = slug(project?.name ?? 'project');
  // What a first version changes is everything.
  const parts = PARTS.filter(([key]) => key !== 'changes' || generation.kind !== 'new');
  const panel = parts.some(([key]) => key === tab) ? tab : 'files';

  return (
    <>
      <div className="result-top">
        <TitleBlock generation={generation} files={files.data} report={proof.data} />
        <RunIt generation={generation} name={name} />
      </div>
      <Parts parts={parts} shown={panel} show={(part) => go(`/g/${id}/${part}`)}>
        {generation.kind !== 'new' && <Tabs.Panel value="changes" tabIndex={-1}><ChangesOf generation={generation} /></Tabs.Panel>}
        <Tabs.Panel value="files" tabIndex={-1} keepMounted>
          {files.isPending && <Waiting what="the files" />}
          {files.isError && <Failure error={files.error} retry={() => void files.refetch()} />}
          {files.data && <Files id={id} entries={files.data} path={panel === 'files' ? path : ''} />}
        </Tabs.Panel>
        <Tabs.Panel value="endpoints" tabIndex={-1}><Endpoints id={id} /></Tabs.Panel>
        <Tabs.Panel value="model" tabIndex={-1}>
          <Suspense fallback={<Waiting what="the diagram" />}><Model id={id} /></Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="report" tabIndex={-1}>
          {generation.verify === 'none' ? <p className="quiet-text">No proof was asked for, so nothing was started or tested.</p> : (
            <>
              {proof.isPending && <Waiting what="the report" />}
              {proof.isError && <Failure error={proof.error} retry={() => void proof.refetch()} />}
              {proof.data && <ReportView report={proof.data} />}
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="build" tabIndex={-1}><LiveBuild build={build} usage={generation.usage} /></Tabs.Panel>
      </Parts>
      <ChangeBox parent={generation.id} verify={generation.verify} />
    </>
  );
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'project';
}
