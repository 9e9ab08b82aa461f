/** One message of a `text/event-stream`. `id` is empty when the server named none. */
export interface Message {
  id: string;
  event: string;
  data: string;
}

export interface Heard {
  messages: Message[];
  /** Milliseconds that the server asks clients to wait before they come back, when it said so. */
  retry: number | null;
}

/**
 * Parses a `text/event-stream` piece by piece (WHATWG HTML, section 9.2.6). Comments, which servers send as heartbeats, yield
 * no message; that bytes arrived at all is for the caller to notice.
 */
export class Parser {
  #rest = '';
  #id = '';
  #event = '';
  #lines: string[] = [];

  push(piece: string): Heard {
    const heard: Heard = { messages: [], retry: null };
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line, heard);
    return heard;
  }

  #take(line: string, heard: Heard): void {
    if (line === '') {
      if (this.#lines.length > 0) heard.messages.push({ id: this.#id, event: this.#event || 'message', data: this.#lines.join('\n') });
      this.#event = '';
      this.#lines = [];
      return;
    }
    if (line.startsWith(':')) return;
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#lines.push(value);
    else if (name === 'id') this.#id = value;
    else if (name === 'event') this.#event = value;
    else if (name === 'retry' && /^\d+$/.test(value)) heard.retry = Number(value);
  }
}
