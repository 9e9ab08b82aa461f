/**
 * What a version's own README says of running it and of its endpoints. The README is a file of that version, written by the
 * compiler that made it, so this holds for old versions as well.
 */
export interface Endpoint {
  method: string;
  path: string;
  who: string;
  what: string;
}

export interface Group {
  heading: string;
  text: string;
  endpoints: Endpoint[];
}

function unescaped(markdown: string): string {
  return markdown.trim().replaceAll(/\\([\\`*_{}[\]<>()#+\-.!|~&$^=:@])/g, '$1');
}

function section(readme: string, heading: string): string[] {
  const lines = readme.split('\n');
  const start = lines.indexOf(`## ${heading}`);
  if (start < 0) return [];
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

/** The rows of the tables under "Endpoints", by the heading that they stand under. */
export function groupsIn(readme: string): Group[] {
  const groups: Group[] = [];
  for (const line of section(readme, 'Endpoints')) {
    const group = groups.at(-1);
    if (line.startsWith('### ')) groups.push({ heading: unescaped(line.slice(4)), text: '', endpoints: [] });
    else if (group && line.startsWith('|')) {
      const [method, path, who, what] = line.slice(1).split(/(?<!\\)\|/).map(unescaped);
      if (!method || !path || !/^[A-Z]+$/.test(method)) continue;
      group.endpoints.push({ method, path: path.replaceAll('`', ''), who: who ?? '', what: what ?? '' });
    } else if (group && line.trim() !== '' && group.endpoints.length === 0) group.text = `${group.text} ${unescaped(line)}`.trim();
  }
  return groups.filter((group) => group.endpoints.length > 0);
}

/** The commands of the first code block under "Run it". */
export function commandsIn(readme: string): string[] {
  const lines = section(readme, 'Run it');
  const from = lines.findIndex((line) => line.startsWith('```'));
  if (from < 0) return [];
  const to = lines.findIndex((line, index) => index > from && line.startsWith('```'));
  return lines.slice(from + 1, to < 0 ? undefined : to).filter((line) => line.trim() !== '');
}
