export function bytes(count: number): string {
  return count < 1_000 ? `${count} B` : `${(count / 1_000).toFixed(count < 10_000 ? 1 : 0)} kB`;
}

export function seconds(count: number): string {
  if (count < 1) return `${Math.round(count * 1_000)} ms`;
  return count < 60 ? `${count.toFixed(1)} s` : `${Math.floor(count / 60)} min ${Math.round(count % 60)} s`;
}

interface Spent {
  requests: number;
  input_tokens: number;
  output_tokens: number;
  dollars: number | null;
}

/** What a language model has used; a price that is not known is said to be so. */
export function used(spent: Spent): string {
  return `${plural(spent.requests, 'request')}, ${(spent.input_tokens + spent.output_tokens).toLocaleString('en')} tokens, ${price(spent)}`;
}

export function price({ dollars }: Pick<Spent, 'dollars'>): string {
  return dollars === null ? 'price unknown' : `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function ago(iso: string, now: number): string {
  const past = (now - Date.parse(iso)) / 1_000;
  if (past < 45) return 'just now';
  for (const [unit, length] of UNITS) if (past >= length) return relative.format(-Math.floor(past / length), unit);
  return 'a minute ago';
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
