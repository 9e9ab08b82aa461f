/** Source text as lines of coloured pieces. */
import bash from 'highlight.js/lib/languages/bash';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import ini from 'highlight.js/lib/languages/ini';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

export interface Piece {
  /** Class of the piece: `key`, `str`, `num`, `name`, `type`, `note`, or empty. */
  kind: string;
  text: string;
}

const lowlight = createLowlight({ bash, dockerfile, ini, json, markdown, python, yaml });

const BY_ENDING: Record<string, string> = {
  py: 'python', mako: 'python', md: 'markdown', yaml: 'yaml', yml: 'yaml', json: 'json', toml: 'ini', ini: 'ini', cfg: 'ini', example: 'ini', sh: 'bash',
};

const KINDS: Record<string, string> = {
  'hljs-keyword': 'key', 'hljs-literal': 'key', 'hljs-meta': 'key', 'hljs-bullet': 'key', 'hljs-section': 'name',
  'hljs-string': 'str', 'hljs-code': 'str', 'hljs-link': 'str', 'hljs-symbol': 'str',
  'hljs-number': 'num',
  'hljs-title': 'name', 'hljs-attr': 'name', 'hljs-attribute': 'name', 'hljs-strong': 'name',
  'hljs-built_in': 'type', 'hljs-type': 'type', 'hljs-params': '', 'hljs-variable': 'type',
  'hljs-comment': 'note', 'hljs-quote': 'note',
};

const LONGEST = 400_000; // characters; beyond it plain text is shown, at once

export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'Dockerfile') return 'dockerfile';
  return BY_ENDING[name.slice(name.lastIndexOf('.') + 1)] ?? null;
}

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  properties?: { className?: unknown };
}

export function highlighted(path: string, text: string): Piece[][] {
  const language = languageOf(path);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (language === null || body.length > LONGEST) return body.split('\n').map((line) => [{ kind: '', text: line }]);
  const lines: Piece[][] = [[]];
  const visit = (node: Node, kind: string) => {
    if (node.type === 'text') {
      (node.value ?? '').split('\n').forEach((line, index) => {
        if (index > 0) lines.push([]);
        if (line !== '') lines.at(-1)?.push({ kind, text: line });
      });
      return;
    }
    const classes = Array.isArray(node.properties?.className) ? node.properties.className.map(String) : [];
    const known = classes.find((name) => name in KINDS);
    const inner = known === undefined ? kind : (KINDS[known] ?? kind);
    for (const child of node.children ?? []) visit(child, inner);
  };
  visit(lowlight.highlight(language, body), '');
  return lines;
}
