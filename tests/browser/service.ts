/** Real processes of the service, each with a database and files of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// A first start on a busy machine compiles every module.
const LONGEST_START = 180_000;
/** That one account may ask of the scripted service: more than any test needs, but the one of this limit. */
export const GENERATIONS_PER_MINUTE = 5;
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BIN = join(ROOT, '.venv/bin');

/** `real` plans, compiles and proves; `scripted` does what its prompt says, quickly (see tests/fakes/stages.py). */
export type Kind = 'real' | 'scripted';
const COMMAND: Record<Kind, [string, string[]]> = {
  real: [join(BIN, 'apiwright'), ['serve']],
  scripted: [join(BIN, 'python'), ['-m', 'tests.fakes.serve']],
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export class Service {
  readonly url: string;
  #process: ChildProcess | null = null;
  #said = '';

  private constructor(
    private readonly kind: Kind,
    private readonly directory: string,
    private readonly port: number,
    private readonly settings: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async begin(kind: Kind, settings: Record<string, string> = {}): Promise<Service> {
    const service = new Service(kind, await mkdtemp(join(tmpdir(), 'apiwright-browser-')), await freePort(), settings);
    await service.start();
    return service;
  }

  async start(): Promise<void> {
    const generous = { REQUESTS_PER_MINUTE: '100000', GENERATIONS_PER_MINUTE: '1000', LOGINS_PER_MINUTE: '10000', WORKER_CONCURRENCY: '6', HEARTBEAT: '0.2', DEAD_AFTER: '2', GRACE: '3' };
    const own = { ...generous, DATA_DIR: this.directory, PORT: String(this.port), LOG_FORMAT: 'json', ...this.settings };
    const environment = Object.fromEntries(Object.entries(own).map(([name, value]) => [`APIWRIGHT_${name}`, value]));
    const { PYTHONDONTWRITEBYTECODE: _, ...inherited } = process.env;
    const [program, args] = COMMAND[this.kind];
    this.#process = spawn(program, args, { cwd: ROOT, env: { ...inherited, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.stderr?.on('data', (data: Buffer) => (this.#said = (this.#said + data.toString()).slice(-8_000)));
    const ends = Date.now() + LONGEST_START;
    while (Date.now() < ends && this.#process.exitCode === null) {
      const ready = await fetch(`${this.url}/health/ready`).then((response) => response.ok, () => false);
      if (ready) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    await this.kill();
    throw new Error(`the service did not start:\n${this.#said}`);
  }

  /** SIGKILL: no warning to anybody. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((done) => running.once('exit', done));
    running.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    const running = this.#process;
    if (running && running.exitCode === null) {
      const ended = new Promise((done) => running.once('exit', done));
      running.kill('SIGTERM');
      const late = setTimeout(() => running.kill('SIGKILL'), 8_000);
      await ended;
      clearTimeout(late);
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}
