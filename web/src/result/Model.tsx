import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { blueprint as getBlueprint } from '../api/service';
import { Diagram } from '../diagram/Diagram';
import { sentence } from '../diagram/feet';
import { Failure, Waiting } from '../ui/Notice';

/** The data of a version: as a drawing, and as sentences. */
export function Model({ id }: { id: string }) {
  const known = useQuery({ queryKey: ['blueprint', id], queryFn: () => getBlueprint(id), staleTime: Infinity });
  const [selected, setSelected] = useState<string | null>(null);
  if (known.isPending) return <Waiting what="the model" />;
  if (known.isLoadingError) return <Failure error={known.error} retry={() => void known.refetch()} />;
  const { entities, assumptions } = known.data;
  const relations = entities.flatMap((entity) => entity.relations.map((relation) => sentence(entity.name, relation)));
  return (
    <div className="stack">
      <Diagram blueprint={known.data} selected={selected} onSelect={setSelected} />
      <div className="model-words">
        {assumptions.length > 0 && (
          <section>
            <h2>What was assumed</h2>
            <ul>{assumptions.map((text) => <li key={text}>{text}</li>)}</ul>
          </section>
        )}
        {relations.length > 0 && (
          <details>
            <summary>The relations in words</summary>
            <ul>{relations.map((text) => <li key={text}>{text}</li>)}</ul>
          </details>
        )}
      </div>
    </div>
  );
}
