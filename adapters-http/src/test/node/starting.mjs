// Starts runs on a running server and reads each in the request that started it:
//   OA_RUNS_URL=http://…/internal/v1/runs ./run starting.mjs
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { startRun } from '../../../../docs/clients/reader.mjs';
import { agent } from './ag-ui.mjs';
import { chat, clients, send } from './chat.mjs';
import { cutting, read, textOf } from './cuts.mjs';

const { OA_RUNS_URL: runs } = process.env;

function start(text = 'What is a lease?') {
  const runId = randomUUID();
  const firstFrame = { frameId: 'f-1', type: 'user_message', payload: { text } };
  return { runId, threadId: `t-${runId}`, userId: 1, toolPolicy: {}, agent: 'assistant', firstFrame };
}

const stream = ({ runId }, query) => `${runs}/${runId}/stream?${query}`;

describe('the official clients', () => {
  for (const client of clients) {
    it(`${client.name} sends a message and has the answer from the same request`, async () => {
      const query = `format=ai-sdk&aiSdk=${client.aiSdk}`;
      const run = start();
      const { status, messages, errors, finishReason } = await send(client, `${runs}?${query}`, run);
      assert.deepEqual([status, errors, finishReason], ['ready', [], 'stop']);
      const resumed = await chat(client, stream(run, query));
      assert.deepEqual(messages.slice(1), resumed.messages);
      assert.ok(messages[1].parts.some((part) => part.type === 'text' && part.text !== ''), 'there is text');
    });
  }

  it('AG-UI takes every event of it', async () => {
    const run = start();
    const body = JSON.stringify(run);
    const post = (url, init) =>
      fetch(url, { ...init, method: 'POST', body, headers: { ...init.headers, 'content-type': 'application/json' } });
    const started = await agent(`${runs}?format=ag-ui`, { fetch: post });
    assert.equal(started.failure, undefined);
    assert.deepEqual(started, await agent(stream(run, 'format=ag-ui')));
  });
});

async function begin(run, options) {
  const events = [];
  for await (const event of startRun(`${runs}?format=events`, run, { wait: async () => {}, ...options })) {
    events.push(event);
  }
  return events;
}

describe('our reader', () => {
  it('starts a run and reads it, through connections that break', async () => {
    for (const cut of [0, 1, 2_100, 2_500]) {
      const run = start();
      const fetch = cutting(cut);
      const events = await begin(run, { fetch });
      assert.equal(textOf(events), textOf(await read(stream(run, 'format=events'))), `cut after ${cut} bytes`);
      assert.equal(fetch.requests.length, 2);
    }
  });

  it('says for which request it wants headers, and repeats a start that found no answer', async () => {
    const run = start();
    const asked = [];
    const headers = ({ method, url, body }) => void asked.push([method, url, body !== '']);
    let lost = 0;
    const cut = cutting(2_500);
    const fetch = async (url, init) => {
      if (lost++ === 0) {
        await (await globalThis.fetch(url, init)).text();
        throw new TypeError('the answer was lost');
      }
      return cut(url, init);
    };
    const events = await begin(run, { fetch, headers });
    assert.equal(textOf(events), textOf(await read(stream(run, 'format=events'))));
    const post = ['POST', `${runs}?format=events`, true];
    assert.deepEqual(asked, [post, post, ['GET', stream(run, 'format=events'), false]]);
  });

  it('tells why a start was refused', async () => {
    const run = start();
    await begin(run);
    const other = { ...run, firstFrame: { ...run.firstFrame, payload: { text: 'Something else' } } };
    await assert.rejects(begin(other), { name: 'StreamRefused', status: 409 });
  });
});
