/**
 * A wire to the service. It can be cut; it can fall silent as one does under a laptop that sleeps: nobody closes it, nothing comes any more;
 * and it can refuse to connect, as if nothing listened.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Wire {
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async to(service: string): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const wire = new Wire(`http://127.0.0.1:${address.port}`, server);
    server.on('connection', (near) => wire.#join(near, Number(new URL(service).port)));
    return wire;
  }

  #join(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.#sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => this.#sockets.delete(one));
    }
  }

  /** What is connected now stays so, and carries nothing more; new connections are carried. */
  silence(): void {
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** What is connected now is closed; new connections are carried. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing is connected, and nothing can be until `restore`. */
  refuse(): void {
    this.server.close();
    this.cut();
  }

  async restore(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(Number(new URL(this.url).port), '127.0.0.1', done));
  }

  end(): void {
    this.cut();
    this.server.close();
  }
}
