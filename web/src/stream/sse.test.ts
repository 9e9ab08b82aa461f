import { describe, expect, it } from 'vitest';

import { Parser } from './sse';

describe('Parser', () => {
  it('joins pieces and data lines, and skips comments', () => {
    const parser = new Parser();
    expect(parser.push(': hello\n\nid: 7\neve').messages).toEqual([]);
    expect(parser.push('nt: progress\ndata: a\ndata: b\n\n').messages).toEqual([{ id: '7', event: 'progress', data: 'a\nb' }]);
  });

  it.each(['\n', '\r\n', '\r'])('knows the line end %j', (end) => {
    const parser = new Parser();
    const { messages } = parser.push(['id: 1', 'data:x', '', 'id: 2', 'data: y', '', ''].join(end) + '\n');
    expect(messages.map(({ id, data }) => [id, data])).toEqual([['1', 'x'], ['2', 'y']]);
  });

  it('does not take a line end that is cut in two for two', () => {
    const parser = new Parser();
    expect(parser.push('data: a\r').messages).toEqual([]);
    expect(parser.push('\ndata: b\r\n\r\n').messages).toEqual([{ id: '', event: 'message', data: 'a\nb' }]);
  });

  it('reads the retry hint, and only a number', () => {
    expect(new Parser().push('retry: 2500\n').retry).toBe(2500);
    expect(new Parser().push('retry: soon\n').retry).toBeNull();
  });

  it('drops an event without data', () => {
    expect(new Parser().push('event: ping\n\n').messages).toEqual([]);
  });
});
