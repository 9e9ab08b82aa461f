// Writes .br and .gz beside each text asset (the service sends them as they are), and holds the first load to its budget.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('../../src/apiwright/api/web/', import.meta.url).pathname;
const BUDGET = 200_000; // bytes of gzip before the code viewer and the diagram

const all = readdirSync(root, { recursive: true }).map((name) => join(root, name)).filter((path) => statSync(path).isFile());
for (const path of all) {
  if (!['.js', '.css', '.html', '.svg'].includes(extname(path))) continue;
  const source = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
}

// What index.html names is the first load, with the two fonts that its style sheet asks for and the chunks preloaded by it.
const html = readFileSync(join(root, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
const fonts = all.filter((path) => /latin-wght-normal.*woff2$/.test(path) && !path.includes('latin-ext'));
const paths = [join(root, 'index.html'), ...named.map((name) => join(root, name)), ...fonts];
const size = (path) => gzipSync(readFileSync(path), { level: 9 }).length;
const total = paths.reduce((sum, path) => sum + size(path), 0);
for (const path of paths) console.log(`${String(size(path)).padStart(8)}  ${path.slice(root.length)}`);
console.log(`${String(total).padStart(8)}  first load, gzip (budget ${BUDGET})`);
if (total > BUDGET) {
  console.error('The first load is over its budget.');
  process.exit(1);
}
