/** A vendor of language models on this machine, by the wire (see tests/fakes/vendors): its model plans a library. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { BIN, ROOT } from './service';

export class Vendor {
  readonly model = 'google:gemini-2.5-flash';

  /** `goesOn` is a file: until it exists, the model stops in the middle of each entity. */
  private constructor(readonly url: string, readonly goesOn: string, private readonly process: ChildProcess) {}

  static async begin(): Promise<Vendor> {
    const goesOn = join(tmpdir(), `apiwright-vendor-${randomUUID()}`);
    const process = spawn(join(BIN, 'python'), ['-m', 'tests.fakes.vendors.serve', 'google', goesOn], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const [url] = (await once(createInterface(process.stdout), 'line')) as [string];
    return new Vendor(url, goesOn, process);
  }

  async end(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.stdin?.end();
    await ended;
    await rm(this.goesOn, { force: true });
  }
}
