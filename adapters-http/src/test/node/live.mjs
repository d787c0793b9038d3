// Reads a running server's stream of a run that has ended, with the official clients and with our own reader:
//   OA_STREAM_URL=http://…/runs/RUN/stream [OA_STREAM_HEADERS='{"x":"y"}'] ./run live.mjs
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agent, verified } from './ag-ui.mjs';
import { chat, clients, refusedBySchema } from './chat.mjs';
import { cutting, read, textOf } from './cuts.mjs';

const { OA_STREAM_URL, OA_STREAM_HEADERS = '{}' } = process.env;
const headers = JSON.parse(OA_STREAM_HEADERS);

function stream(parameters) {
  const url = new URL(OA_STREAM_URL);
  Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
  return url.href;
}

describe('the official clients', () => {
  for (const client of clients) {
    const url = stream({ format: 'ai-sdk', aiSdk: client.aiSdk });

    it(`${client.name} builds the message`, async () => {
      const { chunks, refused } = await refusedBySchema(client, url, headers);
      assert.deepEqual(refused, []);
      assert.ok(chunks > 2, `${chunks} chunks`);
      const { status, messages, errors, finishReason } = await chat(client, url, headers);
      assert.deepEqual([status, errors, finishReason], ['ready', [], 'stop']);
      const texts = messages[0].parts.filter((part) => part.type === 'text');
      assert.ok(texts.some((part) => part.text !== ''), 'there is text');
      assert.ok(texts.every((part) => part.state === 'done'), 'no text is left open');
    });

    it(`${client.name} takes no cut for an end, and builds the same message from the next connection`, async () => {
      const bytes = Buffer.byteLength(await (await fetch(url, { headers })).text());
      const whole = await chat(client, url, headers);
      for (const cut of [bytes >> 2, bytes >> 1, bytes - Buffer.byteLength('data: [DONE]\n\n') - 4]) {
        const connection = cutting(cut);
        const first = await chat(client, url, headers, connection);
        assert.deepEqual([first.status, first.errors], ['error', ['the connection broke']], `cut after ${cut} bytes`);
        assert.deepEqual(await chat(client, url, headers, connection), whole);
      }
    });
  }
});

describe('the official AG-UI client', () => {
  const url = stream({ format: 'ag-ui' });

  it('takes every event and builds the messages', async () => {
    assert.ok((await verified(url, { headers })).length > 2);
    const { messages, outcomes, errors, failure } = await agent(url, { headers });
    assert.deepEqual([errors, failure, outcomes.at(-1)], [[], undefined, 'success']);
    assert.ok(messages.some(({ role, content }) => role === 'assistant' && content !== ''), 'there is text');
  });

  it('takes no cut for an end, and builds the same from the next connection', async () => {
    const bytes = Buffer.byteLength(await (await fetch(url, { headers })).text());
    const whole = await agent(url, { headers });
    for (const cut of [bytes >> 2, bytes >> 1, bytes - 4]) {
      const connection = cutting(cut);
      assert.equal((await agent(url, { headers, fetch: connection })).failure, 'the connection broke');
      assert.deepEqual(await agent(url, { headers, fetch: connection }), whole);
    }
  });
});

describe('our reader', () => {
  for (const format of ['events', 'ai-sdk', 'ag-ui']) {
    it(`goes on after a cut at every event, as ${format}`, async () => {
      const url = stream({ format });
      const whole = await read(url, { headers });
      assert.deepEqual(whole.map((event) => event.seq), whole.map((_, index) => index + 1));
      for (let i = 1; i < whole.length; i++) {
        const rest = await read(url, { headers, cursor: i });
        assert.equal(textOf(rest), textOf(whole.slice(i)), `cursor ${i}`);
        const sent = Buffer.byteLength(textOf(whole.slice(0, i)));
        for (const cut of [sent - 1, sent, sent + 7]) {
          const events = await read(url, { headers, fetch: cutting(cut) });
          assert.equal(textOf(events), textOf(whole), `cut after ${cut} bytes`);
        }
      }
      assert.deepEqual(await read(url, { headers, cursor: whole.length }), []);
    });
  }
});
