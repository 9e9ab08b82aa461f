import type { FileEntry, Generation, Report } from '../api/types';
import { bytes, seconds, used } from '../ui/format';

/** The corner of the drawing: what this is, in figures that were measured. */
export function TitleBlock({ generation, files, report }: { generation: Generation; files: FileEntry[] | undefined; report: Report | undefined }) {
  const passed = report?.checks.filter((check) => check.status === 'passed').length;
  const skipped = report?.checks.filter((check) => check.status === 'skipped').length ?? 0;
  const took = generation.finished_at && generation.started_at ? (Date.parse(generation.finished_at) - Date.parse(generation.started_at)) / 1_000 : null;
  const cells: [string, string][] = [
    ['Version', generation.version === null ? '–' : `v${generation.version}`],
    ['Checks passed', passed === undefined ? (generation.verify === 'none' ? 'none run' : '…') : `${passed} of ${passed + skipped}`],
    ['Proof', report ? `${report.level}, ${seconds(report.seconds)}` : generation.verify],
    ['Sandbox', report ? (report.isolation === 'none' ? 'limits only' : report.isolation) : generation.verify === 'none' ? 'none' : '…'],
    ['Files', files ? String(files.length) : '…'],
    ['Size', files ? bytes(files.reduce((sum, file) => sum + file.size, 0)) : '…'],
    ['Database', generation.database === 'postgresql' ? 'PostgreSQL' : 'SQLite'],
    ['Built in', took === null ? '–' : seconds(took)],
    ...(generation.usage ? ([['Model', generation.usage.model], ['Model used', used(generation.usage)]] as [string, string][]) : []),
  ];
  return (
    <dl className="title-block">
      {cells.map(([name, value]) => (
        <div key={name}>
          <dt className="label">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
