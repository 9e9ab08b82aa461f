/** What becomes of stored values that do not fit a change, as it is chosen beside the change. */
import type { ConversionOffer, FieldConversion } from '../api/types';

export interface Pick {
  way: 'refuse' | ConversionOffer['ways'][number];
  /** What empty values are filled with. */
  fill: string;
  /** The value that takes the place of each that is dropped. */
  instead: Readonly<Record<string, string>>;
}

export const REFUSE: Pick = { way: 'refuse', fill: '', instead: {} };

export const placeOf = (offer: ConversionOffer) => `${offer.entity}.${offer.field}`;

/** As the service takes it; null while nothing, or not all of it, is chosen. */
export function conversionOf(offer: ConversionOffer, pick: Pick): FieldConversion | null {
  const whole = { fill: null, factor: null, replace: [], unfit: 'refuse' as const };
  const of = (conversion: FieldConversion['conversion']): FieldConversion => ({ entity: offer.entity, field: offer.field, conversion });
  switch (pick.way) {
    case 'refuse':
      return null;
    case 'truncate':
    case 'clear':
      return of({ ...whole, unfit: pick.way });
    case 'fill':
      return pick.fill === '' ? null : of({ ...whole, fill: valueOf(pick.fill) });
    case 'replace': {
      const replace = offer.dropped.map((value): [string, string] => [value, pick.instead[value] ?? offer.values[0] ?? '']);
      return of({ ...whole, replace });
    }
  }
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Whether this throws away what does not fit. */
export const loses = (pick: Pick) => pick.way === 'truncate' || pick.way === 'clear';
