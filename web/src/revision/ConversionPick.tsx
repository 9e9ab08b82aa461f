import type { ConversionOffer } from '../api/types';
import { placeOf, type Pick } from './conversion';

const WORDS: Record<Pick['way'], string> = {
  refuse: 'Stop the migration, alter nothing',
  truncate: 'Cut what is too long',
  clear: 'Empty the field',
  fill: 'Fill what is empty with…',
  replace: 'Take another value instead',
};

/** What becomes of rows that do not fit. */
export function ConversionPick({ offer, pick, onPick }: { offer: ConversionOffer; pick: Pick; onPick: (pick: Pick) => void }) {
  const place = placeOf(offer);
  return (
    <div className="row conversion">
      <label className="row small-text">
        Rows that do not fit
        <select className="select" aria-label={`Rows that do not fit ${place}`} value={pick.way} onChange={(event) => onPick({ ...pick, way: event.target.value as Pick['way'] })}>
          {(['refuse', ...offer.ways] as const).map((way) => <option key={way} value={way}>{WORDS[way]}</option>)}
        </select>
      </label>
      {pick.way === 'fill' && (
        <input className="input" aria-label={`Fill ${place} with`} maxLength={2_000} value={pick.fill} onChange={(event) => onPick({ ...pick, fill: event.target.value })} />
      )}
      {pick.way === 'replace' && offer.dropped.map((value) => (
        <label key={value} className="row small-text">
          <code>{value}</code> becomes
          <select className="select" aria-label={`${value} of ${place} becomes`} value={pick.instead[value] ?? offer.values[0]} onChange={(event) => onPick({ ...pick, instead: { ...pick.instead, [value]: event.target.value } })}>
            {offer.values.map((other) => <option key={other}>{other}</option>)}
          </select>
        </label>
      ))}
    </div>
  );
}
