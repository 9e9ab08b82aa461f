import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { download, file as getFile } from '../api/service';
import type { Generation } from '../api/types';
import { CopyButton } from '../ui/CopyButton';
import { DownIcon } from '../ui/icons';
import { Failure } from '../ui/Notice';
import { commandsIn } from './readme';

/** From the zip to a running server, to be copied. The commands are those of the version's README. */
export function RunIt({ generation, name }: { generation: Generation; name: string }) {
  const zip = `${name}-v${generation.version ?? 1}.zip`;
  const { id } = generation;
  const readme = useQuery({ queryKey: ['file', id, 'README.md'], queryFn: () => getFile(id, 'README.md'), staleTime: Infinity });
  const commands = useMemo(() => [`unzip ${zip} -d ${name} && cd ${name}`, ...commandsIn(readme.data ?? '')], [readme.data, zip, name]);
  const save = useMutation({ mutationFn: () => download(id, zip) });
  return (
    <section className="run-it" aria-label="Run it">
      <button type="button" className="button primary" data-command="Download the zip" disabled={save.isPending} onClick={() => save.mutate()}>
        <DownIcon /> Download {zip}
      </button>
      <div className="commands">
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be in reach of the keyboard */}
        <pre tabIndex={0} aria-label="Commands that run it">{commands.join('\n')}</pre>
        <CopyButton text={commands.join('\n')} label="Copy the commands" />
      </div>
      {save.isError && <Failure error={save.error} />}
    </section>
  );
}
