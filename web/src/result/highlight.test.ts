import { describe, expect, it } from 'vitest';

import { highlighted, languageOf } from './highlight';

const plain = (path: string, text: string) => highlighted(path, text).map((line) => line.map((piece) => piece.text).join(''));

describe('highlighted', () => {
  it('changes not a character, over lines, strings that span them, and markup', () => {
    const text = 'def f():\n    """<script>alert(1)</script>\n\n    two"""\n    return "&amp;"\n';
    expect(plain('a.py', text).join('\n') + '\n').toBe(text);
  });

  it('colours keywords, strings and numbers', () => {
    const kinds = highlighted('a.py', 'return "x", 12').flat().map(({ kind, text }) => [kind, text.trim()]);
    expect(kinds).toContainEqual(['key', 'return']);
    expect(kinds).toContainEqual(['str', '"x"']);
    expect(kinds).toContainEqual(['num', '12']);
  });

  it('shows what it does not know as it is', () => {
    expect(languageOf('uv.lock')).toBeNull();
    expect(highlighted('LICENSE', 'a\nb')).toEqual([[{ kind: '', text: 'a' }], [{ kind: '', text: 'b' }]]);
  });

  it('knows the files of a project', () => {
    expect(['app/main.py', 'pyproject.toml', 'Dockerfile', '.env.example', 'blueprint.yaml', '.github/workflows/ci.yml'].map(languageOf)).toEqual([
      'python', 'ini', 'dockerfile', 'ini', 'yaml', 'yaml',
    ]);
  });
});
