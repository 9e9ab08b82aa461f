import { describe, expect, it } from 'vitest';

import { commandsIn, groupsIn } from './readme';

const README = `# Todo

## Run it

\`\`\`sh
python -m venv .venv && . .venv/bin/activate
uvicorn main:app --reload
\`\`\`

## Endpoints

Lists take \`limit\`.

### Todos

What is to be done\\.

| method | path | who | what |
|---|---|---|---|
| GET | \`/todos\` | the owner, role admin | List todos. |
| POST | \`/todos/{todo_id}/close\` | anybody | Move state from a\\|b or in\\-progress to done. |

### Health

| method | path | who | what |
|---|---|---|---|
| GET | \`/health/live\` | anybody | The process answers. |

## Settings

| name | default | meaning |
|---|---|---|
| \`A\` | b | c |
`;

describe('groupsIn', () => {
  it('reads the tables under their headings, and no other table', () => {
    expect(groupsIn(README)).toEqual([
      {
        heading: 'Todos',
        text: 'What is to be done.',
        endpoints: [
          { method: 'GET', path: '/todos', who: 'the owner, role admin', what: 'List todos.' },
          { method: 'POST', path: '/todos/{todo_id}/close', who: 'anybody', what: 'Move state from a|b or in-progress to done.' },
        ],
      },
      { heading: 'Health', text: '', endpoints: [{ method: 'GET', path: '/health/live', who: 'anybody', what: 'The process answers.' }] },
    ]);
  });

  it('finds nothing in a README of another kind', () => {
    expect(groupsIn('# Mine\n\n## Endpoints\n\nSee the code.')).toEqual([]);
  });
});

describe('commandsIn', () => {
  it('reads the first block', () => {
    expect(commandsIn(README)).toEqual(['python -m venv .venv && . .venv/bin/activate', 'uvicorn main:app --reload']);
    expect(commandsIn('# none')).toEqual([]);
  });
});
