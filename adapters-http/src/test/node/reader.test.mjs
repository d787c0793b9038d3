// Our own reader goes on after a cut anywhere with the bytes that it would have got.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { StreamRefused } from '../../../../docs/clients/reader.mjs';
import { cutting, inMemory, read, textOf } from './cuts.mjs';
import { ends, golden, runs, serve } from './golden.mjs';

const formats = ['events', 'ai-sdk', 'ag-ui'];
/** Every byte where the rules are cut into events; where they are the same, fewer. */
const stride = (run, format) => (format === 'ag-ui' || run === 'session' ? 13 : 1);
const withoutDone = (bytes) => bytes.toString().replace('data: [DONE]\n\n', '');

describe('the reader', () => {
  let server;
  let plan = () => ({});
  before(async () => (server = await serve((request) => plan(request))));
  after(() => server.close());

  for (const format of formats) {
    for (const run of runs) {
      it(`reads "${run}" as ${format}`, async () => {
        const bytes = golden(run, format);
        const events = await read(server.stream(run, format));
        assert.equal(textOf(events), withoutDone(bytes));
        assert.deepEqual(events.map((event) => event.seq), [...ends(bytes).keys()]);
      });

      it(`goes on with "${run}" as ${format} from every event`, async () => {
        const bytes = golden(run, format);
        for (const [seq, end] of ends(bytes)) {
          const events = await read(server.stream(run, format), { cursor: seq });
          assert.equal(textOf(events), withoutDone(bytes.subarray(end)), `cursor ${seq}`);
        }
      });

      it(`survives a cut of "${run}" as ${format} around every event, over HTTP`, async () => {
        const bytes = golden(run, format);
        for (const end of ends(bytes).values()) {
          for (const cut of [end - 30, end - 1, end]) {
            const events = await read(server.stream(run, format), { fetch: cutting(cut) });
            assert.equal(textOf(events), withoutDone(bytes), `cut after ${cut} bytes`);
          }
        }
      });

      it(`survives a cut of "${run}" as ${format} after ${stride(run, format)} bytes, twice as many, and so on`, async () => {
        const bytes = golden(run, format);
        const stops = ends(bytes);
        for (let cut = 0; cut <= bytes.length; cut += stride(run, format)) {
          const events = await read('unused:', { fetch: inMemory(bytes, stops, cut) });
          assert.equal(textOf(events), withoutDone(bytes), `cut after ${cut} bytes`);
        }
      });
    }

    it(`survives a server that breaks every connection early, as ${format}`, async () => {
      for (let cut = 1; cut < 600; cut += 37) {
        let connections = 0;
        plan = () => ({ cut: connections++ < 40 ? cut : undefined });
        const events = await read(server.stream('tools', format));
        assert.equal(textOf(events), withoutDone(golden('tools', format)), `cuts after ${cut} bytes`);
        assert.ok(connections > 1);
      }
      plan = () => ({});
    });
  }

  it('asks again from the last event of which everything had arrived', async () => {
    const bytes = golden('canceled', 'ai-sdk');
    const stops = ends(bytes);
    const withinTheLastGroup = bytes.indexOf('"tool-output-error"');
    const fetch = cutting(withinTheLastGroup);
    const events = await read(server.stream('canceled'), { fetch });
    assert.deepEqual(fetch.requests, [undefined, `${stops.size - 1}`]);
    assert.equal(events.at(-1).chunks.length, 5);
  });

  it('gives every event with its chunks, and one that shows nothing with none', async () => {
    const events = await read(server.stream('answer'));
    assert.deepEqual(events[0].chunks, [{ type: 'start', messageId: '0190a0c0-0000-7000-8000-000000000001' }]);
    assert.deepEqual(events[1], { seq: 2, chunks: [], raw: 'id: 2\n\n' });
  });

  it('has nothing to read behind the end', async () => {
    assert.deepEqual(await read(server.stream('answer'), { cursor: 15 }), []);
  });

  it('leaves to the caller what only the caller can mend', async () => {
    for (const status of [400, 401, 403, 404, 410]) {
      plan = () => ({ status });
      await assert.rejects(read(server.stream('answer')), (error) => {
        assert.ok(error instanceof StreamRefused);
        assert.equal(error.status, status);
        assert.equal(error.body, '{"error":{"code":"planned"}}');
        return true;
      });
    }
    plan = () => ({});
  });

  it('tries again when the server is busy or down, waiting longer each time', async () => {
    const answers = [503, 429, 500];
    const waits = [];
    plan = () => ({ status: answers.shift() });
    const events = await read(server.stream('answer'), { wait: async (ms) => waits.push(ms) });
    assert.equal(textOf(events), withoutDone(golden('answer', 'ai-sdk')));
    assert.deepEqual(waits, [1000, 2000, 4000]);
  });

  it('asks for headers before each attempt, because a signature is good for one', async () => {
    const bytes = golden('answer', 'ai-sdk');
    const sent = [];
    let signatures = 0;
    const fetch = cutting(bytes.length / 2);
    const events = await read(server.stream('answer'), {
      headers: async () => ({ signature: `n-${++signatures}` }),
      fetch: (url, init) => (sent.push(init.headers.signature), fetch(url, init)),
    });
    assert.equal(textOf(events), withoutDone(bytes));
    assert.deepEqual(sent, ['n-1', 'n-2']);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reading = read(server.stream('answer'), {
      signal: stop.signal,
      fetch: () => Promise.reject(new TypeError('no network')),
      wait: async () => stop.abort(),
    });
    await assert.rejects(reading, TypeError);
  });

  for (const newline of ['\r\n', '\r', '\n']) {
    it(`takes comments, hints and lines that end in ${JSON.stringify(newline)}`, async () => {
      const waits = [];
      const bodies = [
        `retry: 7\n: hello\n\nid: 1\ndata: {"a":"🎉"}\n\n: keep-alive\n\ndata:{"b":2}\n\n`,
        `data:{"b":2}\n\nid: 2\nevent: x\ndata:{"c":\ndata:3}\n\ndata: [DONE]\n\n`,
      ].map((text) => new TextEncoder().encode(text.replaceAll('\n', newline)));
      const fetch = async () => ({ status: 200, body: byteByByte(bodies.shift()) });
      const events = await read('unused:', { fetch, wait: async (ms) => waits.push(ms) });
      assert.deepEqual(events.map(({ seq, chunks }) => [seq, chunks]), [[1, [{ a: '🎉' }]], [2, [{ b: 2 }, { c: 3 }]]]);
      assert.deepEqual(waits, [7]);
    });
  }
});

function byteByByte(bytes) {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => (at < bytes.length ? controller.enqueue(bytes.subarray(at, ++at)) : controller.close()),
  });
}
