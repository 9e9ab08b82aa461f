/** A text with both sides of each conflict in it, marked as git does, taken apart and put together again. */
export type Side = 'yours' | 'generated' | 'both';

export type Part = { kind: 'same'; lines: readonly string[] } | { kind: 'clash'; yours: readonly string[]; generated: readonly string[] };

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let same: string[] = [];
  let sides: { yours: string[]; before: string[]; generated: string[] } | null = null;
  let side: 'yours' | 'before' | 'generated' = 'yours';
  for (const line of text.split('\n')) {
    if (sides === null && line.startsWith('<<<<<<< ')) {
      if (same.length > 0) parts.push({ kind: 'same', lines: same });
      same = [];
      sides = { yours: [], before: [], generated: [] };
      side = 'yours';
    } else if (sides === null) same.push(line);
    else if (line.startsWith('||||||| ')) side = 'before'; // where git is set to show what both began from
    else if (line.trimEnd() === '=======' && side !== 'generated') side = 'generated';
    else if (line.startsWith('>>>>>>> ')) {
      parts.push({ kind: 'clash', yours: sides.yours, generated: sides.generated });
      sides = null;
    } else sides[side].push(line);
  }
  if (same.length > 0) parts.push({ kind: 'same', lines: same });
  return parts;
}

export function chosen(part: Extract<Part, { kind: 'clash' }>, side: Side): readonly string[] {
  return side === 'both' ? [...part.yours, ...part.generated] : part[side];
}

/** The text with a side taken in each conflict, in their order; one that is not decided stays marked. */
export function put(parts: readonly Part[], sides: readonly (Side | null)[]): string {
  let at = 0;
  return parts
    .flatMap((part) => {
      if (part.kind === 'same') return part.lines;
      const side = sides[at++] ?? null;
      return side === null ? ['<<<<<<< yours', ...part.yours, '=======', ...part.generated, '>>>>>>> generated'] : chosen(part, side);
    })
    .join('\n');
}

/** Whether a text still has a conflict in it, as the service sees it. */
export function isMarked(text: string): boolean {
  const lines = text.split('\n');
  return ['<<<<<<< ', '>>>>>>> '].every((mark) => lines.some((line) => line.startsWith(mark)));
}
