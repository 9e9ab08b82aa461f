import './model-part.css';
import type { Usage } from '../api/types';
import { capital, price, seconds } from '../ui/format';

interface Props {
  usage: Usage;
  /** What it made of the draft that the rules had written, in sentences. */
  changed: readonly string[];
}

/** What a language model did: what each of its stages used and cost, and what it changed. */
export function ModelPart({ usage, changed }: Props) {
  const rows = [...Object.entries(usage.stages), ['all', usage] as const];
  return (
    <section className="sheet model-part" aria-labelledby="model-part">
      <header><h2 id="model-part">Language model</h2><span className="label">{usage.model}</span></header>
      <table>
        <thead>
          <tr><th scope="col">Stage</th><th scope="col">Requests</th><th scope="col">Tokens in</th><th scope="col">out</th><th scope="col">Cost</th><th scope="col">Time</th></tr>
        </thead>
        <tbody>
          {rows.map(([stage, spent]) => (
            <tr key={stage}>
              <th scope="row">{capital(stage)}</th>
              <td>{spent.requests}</td>
              <td>{spent.input_tokens.toLocaleString('en')}</td>
              <td>{spent.output_tokens.toLocaleString('en')}</td>
              <td>{price(spent)}</td>
              <td>{seconds(spent.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length > 0 && (
        <details>
          <summary>What it changed of the draft by our rules</summary>
          <ul>{changed.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </details>
      )}
    </section>
  );
}
