// A small resumable reader of a run's stream, for Node 18 or newer and for browsers: no dependency, one file to copy.
//
//   for await (const event of readRun('http://localhost:8080/internal/v1/runs/RUN/stream?format=events')) {
//     console.log(event.seq, event.chunks);
//   }
//
// It yields one value for each event of the run, in order and once, however often the connection breaks:
// everything is sent again that belongs to an event of which not all had arrived. It ends with the run.

/** An answer that no retry can change. `status` is the HTTP status, `body` the text of the answer. */
export class StreamRefused extends Error {
  constructor(status, body) {
    super(`the stream was refused with ${status}: ${body}`);
    this.name = 'StreamRefused';
    this.status = status;
    this.body = body;
  }
}

/**
 * Reads a run from after `cursor` (a sequence; by default from the start) to its end.
 *
 * `headers` is an object, or a function that is asked before each attempt and may be asynchronous: a signature
 * is good for one request only, so a signed reader signs anew each time. It is given `{method, url, body}`.
 *
 * Yields `{seq, chunks, raw}`: the event's sequence, what it shows as parsed JSON (nothing, one or several
 * values), and the text of its blocks as the server sent it.
 *
 * Throws StreamRefused for what only the caller can mend: 400 (a wrong cursor), 401, 403, 404, and 410 (the
 * cursor is older than what the server kept: begin again without one). Everything else is tried again.
 */
export async function* readRun(url, options = {}) {
  const { headers = {}, signal, fetch = globalThis.fetch, wait = pause } = options;
  let last = options.cursor;
  let failures = 0;
  const retry = { ms: 1000 };
  for (;;) {
    try {
      const own = typeof headers === 'function' ? await headers({ method: 'GET', url, body: '' }) : headers;
      const response = await fetch(url, {
        headers: { ...own, accept: 'text/event-stream', ...(last == null ? {} : { 'last-event-id': `${last}` }) },
        signal,
      });
      if (response.status === 204) {
        return; // the run has ended, and all of it was read
      }
      if (response.status !== 200) {
        await refuse(response);
      } else {
        for await (const event of events(response.body, retry)) {
          if (event.done) {
            return;
          }
          last = event.seq;
          failures = 0;
          yield event;
        }
      }
    } catch (error) {
      if (error instanceof StreamRefused || signal?.aborted) {
        throw error;
      }
    }
    failures += 1;
    await wait(Math.min(30_000, retry.ms * 2 ** Math.min(failures - 1, 5)), signal);
  }
}

/**
 * Starts a run and reads it in one request: `url` is `…/internal/v1/runs`, with `format` in its query, and `start`
 * the body. Yields and throws what readRun does, and goes on as it does, by the run's own stream; a start that found
 * no answer is repeated as it is. Has the options of readRun but `cursor`.
 */
export async function* startRun(url, start, options = {}) {
  const { headers = {}, fetch = globalThis.fetch } = options;
  const [runs, query] = url.split('?');
  const post = { method: 'POST', url, body: JSON.stringify(start) };
  let started = false;
  const begin = async (stream, init) => {
    if (started) {
      return fetch(stream, init);
    }
    const all = { ...init.headers, 'content-type': 'application/json' };
    const response = await fetch(url, { ...init, method: post.method, body: post.body, headers: all });
    started = response.status === 200;
    return response;
  };
  const signed = (get) => (typeof headers === 'function' ? headers(started ? get : post) : headers);
  const stream = `${runs}/${start.runId}/stream${query === undefined ? '' : `?${query}`}`;
  yield* readRun(stream, { ...options, cursor: undefined, headers: signed, fetch: begin });
}

async function refuse(response) {
  const body = await response.text();
  if (response.status < 500 && response.status !== 408 && response.status !== 429) {
    throw new StreamRefused(response.status, body);
  }
}

/** The groups of blocks of a body: a group ends with the block that has the id. */
async function* events(body, retry) {
  let group = [];
  for await (const block of blocks(body)) {
    if (block.retry !== undefined) {
      retry.ms = block.retry;
    }
    if (block.id === undefined && block.data === '[DONE]') {
      yield { done: true };
      return;
    }
    if (block.id === undefined && block.data === undefined) {
      continue; // a comment
    }
    group.push(block);
    if (block.id !== undefined) {
      const shown = group.filter((each) => each.data !== undefined);
      yield {
        seq: Number(block.id),
        chunks: shown.map((each) => JSON.parse(each.data)),
        raw: group.map(text).join(''),
      };
      group = [];
    }
  }
  // A group without its id is dropped: the server sends it again.
}

/** The blocks of a body (WHATWG HTML 9.2.6). One that the end of the body cuts off is dropped. */
async function* blocks(body) {
  const decoder = new TextDecoder();
  let rest = '';
  let returned = false; // a carriage return has ended its line; a line feed that follows belongs to it
  let block = {};
  for await (const bytes of chunksOf(body)) {
    const decoded = decoder.decode(bytes, { stream: true });
    const text = returned && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    returned = decoded === '' ? returned : decoded.endsWith('\r');
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        yield block;
        block = {};
      } else {
        field(block, line);
      }
    }
  }
}

function field(block, line) {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (name === 'data') {
    block.data = block.data === undefined ? value : `${block.data}\n${value}`;
  } else if (name === 'id' && !value.includes('\0')) {
    block.id = value;
  } else if (name === 'retry' && /^\d+$/.test(value)) {
    block.retry = Number(value);
  }
}

function text(block) {
  const id = block.id === undefined ? '' : `id: ${block.id}\n`;
  const data = block.data === undefined ? '' : `data: ${block.data}\n`;
  return `${id}${data}\n`;
}

async function* chunksOf(body) {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
