/**
 * Follows one generation to its end over the stream-token flow: a token for a POST, a stream for the token, and from the last
 * event on again whenever the stream breaks.
 *
 * - Attempts are at least one second apart, whatever happens, and back off to half a minute.
 * - Events are handed on in order, each once: a repeat is dropped, a gap is fetched again.
 * - A terminal event, a refused token for a generation that has ended, and a generation that is not there end it for good.
 * - A stream that has gone silent (a laptop that slept, a proxy that forgot us) is given up after `SILENCE`, an attempt that opens
 *   none after `PATIENCE`.
 *
 * It reads the stream with `fetch`, not `EventSource`: status codes and heartbeats are out of an `EventSource`'s sight, and its
 * own reconnecting would knock with a token that has expired.
 */
import { isTerminal, type ProgressEvent } from './event';
import { Parser } from './sse';

export const GAP_BETWEEN_ATTEMPTS = 1_000;
export const LONGEST_WAIT = 30_000;
export const SILENCE = 40_000; // the server's heartbeat is every 15 s: two were missed
export const PATIENCE = 15_000; // for an attempt to open a stream: after a sleep it may hang on a connection that is long dead

export type Link =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'waiting'; attempt: number; until: number; why: 'lost' | 'limited' | 'unreachable' }
  | { state: 'offline' }
  | { state: 'signed-out' }
  | { state: 'ended' }
  | { state: 'gone' };

/** What the server answered to the request for a token. `terminal` means: the generation has ended, read its events and stop. */
export type Ticket =
  | { kind: 'ok'; url: string }
  | { kind: 'terminal' }
  | { kind: 'limited'; seconds: number }
  | { kind: 'signed-out' }
  | { kind: 'gone' };

/** Everything outside: the service, the clock, the browser. Each may throw, which counts as unreachable. */
export interface World {
  ticket(signal: AbortSignal): Promise<Ticket>;
  open(url: string, signal: AbortSignal): Promise<Response>;
  events(after: number, signal: AbortSignal): Promise<ProgressEvent[]>;
  now(): number;
  later(call: () => void, milliseconds: number): () => void;
  online(): boolean;
  random(): number;
}

export interface Listener {
  event(event: ProgressEvent): void;
  link(link: Link): void;
}

export class Follower {
  readonly #world: World;
  readonly #listener: Listener;
  #last: number;
  #failures = 0;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #heardAt = 0;
  #retryHint = 0;
  #run: AbortController | null = null;
  #cancelTimer: (() => void) | null = null;
  #link: Link = { state: 'connecting' };

  constructor(world: World, listener: Listener, after = 0) {
    this.#world = world;
    this.#listener = listener;
    this.#last = after;
  }

  /** Sequence number of the newest event that was handed on. */
  get last(): number {
    return this.#last;
  }

  start(): void {
    this.#soon(0);
  }

  /** End quietly: the page is left. */
  stop(): void {
    this.#clear();
    this.#link = { state: 'ended' };
  }

  /** The world looks better (back online, tab shown, logged in again): look at once whether the link still lives. */
  wake(): void {
    const { state } = this.#link;
    if (state === 'ended' || state === 'gone') return;
    const silent = this.#world.now() - this.#heardAt > (state === 'connecting' ? PATIENCE : SILENCE);
    if (state === 'open' && !silent) return;
    if (state === 'connecting' && this.#run !== null && !silent) return;
    this.#failures = 0;
    this.#soon(0);
  }

  /** The browser says that it has no network. An open stream is kept: it may well outlive a short break. */
  sleep(): void {
    if (this.#link.state === 'waiting') this.#tell({ state: 'offline' });
  }

  #clear(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#run?.abort();
    this.#run = null;
  }

  #tell(link: Link): void {
    this.#link = link;
    this.#listener.link(link);
  }

  /** Try again after `wait` ms, but never within a second of the last attempt. */
  #soon(wait: number): void {
    this.#clear();
    const earliest = this.#attemptedAt + GAP_BETWEEN_ATTEMPTS - this.#world.now();
    this.#cancelTimer = this.#world.later(() => void this.#attempt(), Math.max(0, wait, earliest));
  }

  #again(why: 'lost' | 'limited' | 'unreachable', atLeast = 0): void {
    if (!this.#world.online()) {
      this.#clear();
      this.#tell({ state: 'offline' });
      // Browsers err about being online; `wake` comes when they say so, and this look comes anyway.
      this.#cancelTimer = this.#world.later(() => void this.#attempt(), LONGEST_WAIT);
      return;
    }
    const backoff = Math.min(LONGEST_WAIT, GAP_BETWEEN_ATTEMPTS * 2 ** this.#failures);
    const wait = Math.max(backoff * (1 + this.#world.random() * 0.25), atLeast, this.#retryHint);
    this.#failures += 1;
    this.#tell({ state: 'waiting', attempt: this.#failures, until: this.#world.now() + wait, why });
    this.#soon(wait);
  }

  async #attempt(): Promise<void> {
    this.#clear();
    const run = new AbortController();
    this.#run = run;
    this.#attemptedAt = this.#world.now();
    this.#heardAt = this.#world.now();
    this.#tell({ state: 'connecting' });
    this.#watch(run);
    try {
      const ticket = await this.#world.ticket(run.signal);
      if (run.signal.aborted) return;
      if (ticket.kind === 'ok') await this.#listen(ticket.url, run);
      else if (ticket.kind === 'terminal') await this.#finish(run);
      else if (ticket.kind === 'limited') this.#again('limited', ticket.seconds * 1_000);
      else this.#halt(ticket.kind);
    } catch {
      if (!run.signal.aborted) this.#again('unreachable');
    }
  }

  #halt(state: 'gone' | 'signed-out'): void {
    this.#clear();
    this.#tell({ state });
  }

  async #finish(run: AbortController): Promise<void> {
    for (const event of await this.#world.events(this.#last, run.signal)) this.#take(event);
    if (!run.signal.aborted) this.#end();
  }

  #end(): void {
    this.#clear();
    this.#tell({ state: 'ended' });
  }

  async #listen(url: string, run: AbortController): Promise<void> {
    const after = this.#last > 0 ? `${url.includes('?') ? '&' : '?'}after=${this.#last}` : '';
    const response = await this.#world.open(url + after, run.signal);
    if (run.signal.aborted) return;
    if (!response.ok || response.body === null) {
      // The token was refused (it lives a minute) or the server is on its way down: the next attempt brings a new token.
      this.#again('lost');
      return;
    }
    this.#tell({ state: 'open' });
    this.#heardAt = this.#world.now();
    const parser = new Parser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may be aborted while we wait
      if (run.signal.aborted) return;
      if (done) break;
      this.#heardAt = this.#world.now();
      if (this.#hear(parser, decoder.decode(value, { stream: true }))) return;
    }
    this.#again('lost');
  }

  /** Returns whether this stream is to be read no further. */
  #hear(parser: Parser, text: string): boolean {
    const heard = parser.push(text);
    if (heard.retry !== null) this.#retryHint = Math.min(heard.retry, LONGEST_WAIT);
    for (const message of heard.messages) {
      const event = JSON.parse(message.data) as ProgressEvent;
      if (event.seq > this.#last + 1) {
        this.#again('lost');
        return true;
      }
      this.#take(event);
      if (isTerminal(event.status)) {
        this.#end();
        return true;
      }
    }
    return false;
  }

  #take(event: ProgressEvent): void {
    if (event.seq <= this.#last) return;
    this.#last = event.seq;
    this.#failures = 0;
    this.#retryHint = 0;
    this.#listener.event(event);
  }

  #watch(run: AbortController): void {
    this.#cancelTimer = this.#world.later(() => {
      if (run.signal.aborted) return;
      const patience = this.#link.state === 'connecting' ? PATIENCE : SILENCE;
      if (this.#world.now() - this.#heardAt >= patience) this.#again('lost');
      else this.#watch(run);
    }, PATIENCE / 3);
  }
}
