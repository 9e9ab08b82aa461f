import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ProgressEvent, Status } from './event';
import { Follower, PATIENCE, SILENCE, type Link, type Ticket, type World } from './follow';

/** A service that keeps events and lets the test break things; time is Vitest's. */
class Service implements World {
  log: ProgressEvent[] = [];
  tickets: number[] = [];
  opened: string[] = [];
  connected = true;
  reachable = true;
  hangs = false;
  answer: Ticket = { kind: 'ok', url: '/stream?token=t' };
  streamStatus = 200;
  #streams: { controller: ReadableStreamDefaultController<Uint8Array>; sent: number }[] = [];

  say(count: number, status: Status = 'processing'): void {
    for (let index = 0; index < count; index += 1) {
      const seq = this.log.length + 1;
      this.log.push({
        seq, generation_id: 'g', status, stage: 'code', phase: '', message: `event ${seq}`,
        progress: seq / 100, files: [], data: {}, timestamp: '2026-01-01T00:00:00+00:00',
      });
    }
    this.#flush();
  }

  raw(text: string): void {
    for (const stream of this.#streams) stream.controller.enqueue(new TextEncoder().encode(text));
  }

  hangUp(): void {
    for (const stream of this.#streams) stream.controller.close();
    this.#streams = [];
  }

  breakOff(): void {
    for (const stream of this.#streams) stream.controller.error(new TypeError('network error'));
    this.#streams = [];
  }

  #flush(): void {
    for (const stream of this.#streams) {
      for (const event of this.log.slice(stream.sent)) {
        const text = `id: ${event.seq}\nevent: progress\ndata: ${JSON.stringify(event)}\n\n`;
        // In two pieces, for pieces are not messages.
        stream.controller.enqueue(new TextEncoder().encode(text.slice(0, 9)));
        stream.controller.enqueue(new TextEncoder().encode(text.slice(9)));
      }
      stream.sent = this.log.length;
    }
  }

  ticket(): Promise<Ticket> {
    this.tickets.push(Date.now());
    if (this.hangs) return new Promise(() => undefined);
    return this.reachable ? Promise.resolve(this.answer) : Promise.reject(new TypeError('Failed to fetch'));
  }

  open(url: string, signal: AbortSignal): Promise<Response> {
    this.opened.push(url);
    if (!this.reachable) return Promise.reject(new TypeError('Failed to fetch'));
    if (this.streamStatus !== 200) return Promise.resolve(new Response(null, { status: this.streamStatus }));
    const after = Number(new URL(url, 'http://service').searchParams.get('after') ?? '0');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const stream = { controller, sent: after };
        this.#streams.push(stream);
        signal.addEventListener('abort', () => (this.#streams = this.#streams.filter((other) => other !== stream)));
      },
    });
    queueMicrotask(() => this.#flush());
    return Promise.resolve(new Response(body));
  }

  events(after: number): Promise<ProgressEvent[]> {
    return Promise.resolve(this.log.slice(after));
  }

  now = () => Date.now();
  online = () => this.connected;
  random = () => 0;
  later = (call: () => void, milliseconds: number) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  };
}

let service: Service;
let seen: number[];
let links: Link[];
let follower: Follower;

const state = () => links.at(-1)?.state;
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

function between(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

beforeEach(() => {
  vi.useFakeTimers();
  service = new Service();
  seen = [];
  links = [];
  follower = new Follower(service, { event: (event) => seen.push(event.seq), link: (link) => links.push(link) });
});

afterEach(() => {
  follower.stop();
  vi.useRealTimers();
});

describe('a stream that goes well', () => {
  it('hands on each event once and stops for good at the terminal one', async () => {
    service.say(3);
    follower.start();
    await pass(10);
    expect(state()).toBe('open');
    service.say(1, 'completed');
    await pass(10);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(state()).toBe('ended');
    await pass(600_000);
    follower.wake();
    await pass(600_000);
    expect(service.tickets).toHaveLength(1);
  });

  it('waits through a plan that awaits approval', async () => {
    service.say(2);
    service.say(1, 'awaiting_approval');
    follower.start();
    for (let time = 0; time < 20; time += 1) {
      await pass(15_000);
      service.raw(': heartbeat\n\n');
    }
    expect(state()).toBe('open');
    expect(service.tickets).toHaveLength(1);
    service.say(1, 'completed');
    await pass(10);
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('begins after what is known already', async () => {
    service.say(5);
    follower = new Follower(service, { event: (event) => seen.push(event.seq), link: (link) => links.push(link) }, 3);
    follower.start();
    await pass(10);
    expect(service.opened).toEqual(['/stream?token=t&after=3']);
    expect(seen).toEqual([4, 5]);
  });
});

describe('a stream that breaks', () => {
  it.each(['hangUp', 'breakOff'] as const)('goes on without a gap or a repeat after %s', async (how) => {
    service.say(2);
    follower.start();
    await pass(10);
    service[how]();
    service.say(3);
    await pass(1_500);
    expect(service.opened.at(-1)).toBe('/stream?token=t&after=2');
    service.say(1, 'completed');
    await pass(10);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(state()).toBe('ended');
  });

  it('never tries more than once a second, and backs off to half a minute', async () => {
    service.reachable = false;
    follower.start();
    await pass(300_000);
    const pauses = between(service.tickets);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
    expect(pauses.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(pauses.at(-1)).toBe(30_000);
    expect(links.at(-1)).toMatchObject({ state: 'waiting', why: 'unreachable' });
  });

  it('keeps to one attempt a second even when it is woken again and again and every stream breaks at once', async () => {
    follower.start();
    for (let time = 0; time < 100; time += 1) {
      await pass(100);
      service.breakOff();
      follower.wake();
    }
    expect(Math.min(...between(service.tickets))).toBeGreaterThanOrEqual(1_000);
  });

  it('comes back to a server that was restarted, from the last event on', async () => {
    service.say(4);
    follower.start();
    await pass(10);
    service.reachable = false;
    service.breakOff();
    await pass(20_000);
    service.reachable = true;
    service.say(1, 'completed');
    await pass(LONG);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('asks for a new token when the old one is refused', async () => {
    service.streamStatus = 401;
    follower.start();
    await pass(10);
    service.streamStatus = 200;
    service.say(1, 'failed');
    await pass(2_000);
    expect(service.tickets).toHaveLength(2);
    expect(seen).toEqual([1]);
  });

  it('fetches a gap again instead of showing it', async () => {
    service.say(1);
    follower.start();
    await pass(10);
    const event = { ...service.log[0], seq: 3 };
    service.raw(`id: 3\ndata: ${JSON.stringify(event)}\n\n`);
    await pass(10);
    expect(seen).toEqual([1]);
    service.say(2);
    await pass(2_000);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('honours the hint of a server that goes down', async () => {
    service.say(1);
    follower.start();
    await pass(10);
    service.raw('retry: 5000\n\n');
    await pass(10);
    service.hangUp();
    await pass(4_900);
    expect(service.tickets).toHaveLength(1);
    await pass(200);
    expect(service.tickets).toHaveLength(2);
  });
});

const LONG = 60_000;

describe('a stream that is silent', () => {
  it('lives on heartbeats', async () => {
    follower.start();
    for (let time = 0; time < 10; time += 1) {
      await pass(15_000);
      service.raw(': heartbeat\n\n');
    }
    expect(service.tickets).toHaveLength(1);
  });

  it('is given up when the heartbeats stay away', async () => {
    follower.start();
    await pass(SILENCE + SILENCE / 2);
    expect(service.tickets).toHaveLength(2);
  });

  it('is opened anew when the attempt hangs on a dead connection', async () => {
    service.hangs = true;
    follower.start();
    await pass(1);
    service.hangs = false;
    service.say(1);
    await pass(PATIENCE + 5_000);
    expect(service.tickets).toHaveLength(2);
    expect(seen).toEqual([1]);
  });

  it('is looked at when a laptop wakes, whose timers slept too', async () => {
    service.say(1);
    follower.start();
    await pass(10);
    vi.setSystemTime(Date.now() + 3_600_000);
    follower.wake();
    await pass(1_000);
    expect(service.tickets).toHaveLength(2);
    expect(service.opened.at(-1)).toContain('after=1');
  });
});

describe('a service that refuses', () => {
  it('reads the rest as a list and stops when the generation has ended', async () => {
    service.say(3);
    service.say(1, 'failed');
    service.answer = { kind: 'terminal' };
    follower.start();
    await pass(10);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(state()).toBe('ended');
    await pass(LONG);
    expect(service.tickets).toHaveLength(1);
  });

  it('waits as long as the rate limit says', async () => {
    service.answer = { kind: 'limited', seconds: 42 };
    follower.start();
    await pass(41_900);
    expect(service.tickets).toHaveLength(1);
    expect(links.at(-1)).toMatchObject({ state: 'waiting', why: 'limited' });
    service.answer = { kind: 'ok', url: '/stream?token=t' };
    await pass(200);
    expect(state()).toBe('open');
  });

  it('waits for a login that has expired, and goes on after it', async () => {
    service.say(2);
    follower.start();
    await pass(10);
    service.answer = { kind: 'signed-out' };
    service.hangUp();
    await pass(LONG);
    expect(state()).toBe('signed-out');
    expect(service.tickets).toHaveLength(2);
    service.answer = { kind: 'ok', url: '/stream?token=t' };
    service.say(1);
    follower.wake();
    await pass(10);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('stops for good when the generation is not there', async () => {
    service.answer = { kind: 'gone' };
    follower.start();
    await pass(LONG);
    follower.wake();
    await pass(LONG);
    expect(state()).toBe('gone');
    expect(service.tickets).toHaveLength(1);
  });
});

describe('a machine without network', () => {
  it('says so, hardly tries, and goes on at once when it is back', async () => {
    service.say(1);
    follower.start();
    await pass(10);
    service.connected = false;
    service.reachable = false;
    service.breakOff();
    await pass(10);
    expect(state()).toBe('offline');
    await pass(29_000);
    expect(service.tickets).toHaveLength(1);
    service.connected = true;
    service.reachable = true;
    follower.wake();
    await pass(10);
    expect(state()).toBe('open');
  });
});
