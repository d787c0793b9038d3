// Reads a session while it goes on, from every node that is named, and ends it:
//   OA_RUN_URLS=http://…/runs/RUN,http://…/runs/RUN ./run growing.mjs
// What is read beside the log as it grows, through connections that break and from node to node, is what the
// log gives afterwards.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readRun } from '../../../../docs/clients/reader.mjs';
import { agent } from './ag-ui.mjs';
import { chat, clients } from './chat.mjs';
import { cutting, read, textOf } from './cuts.mjs';

const TURNS = 4;
const runs = process.env.OA_RUN_URLS.split(',');
const stream = (run, format, aiSdk = 5) => `${run}/stream?format=${format}&aiSdk=${aiSdk}`;

/** A fetch that asks another node at every call, and whose first answers break. */
function wandering(...cuts) {
  const cut = cutting(...cuts);
  const fetch = (url, init) => {
    const run = runs[cut.requests.length % runs.length];
    return cut(url.replace(runs[0], run), init);
  };
  return Object.assign(fetch, { requests: cut.requests });
}

async function send(frame) {
  const response = await fetch(`${runs[0]}/frames`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(frame),
  });
  assert.equal(response.status, 202, await response.text());
}

/** Speaks in every turn, each time when the turn before has been answered, and then finishes. */
async function converse() {
  let turns = 0;
  for await (const { chunks } of readRun(stream(runs[0], 'events'))) {
    if (chunks[0].type === 'run.waiting') {
      const payload = { text: `Grüße №${turns}\u2028🎉` };
      await send(
        turns < TURNS
          ? { frameId: `turn-${turns}`, type: 'user_message', payload }
          : { frameId: 'end', type: 'finish', payload: {} },
      );
      turns += 1;
    }
  }
}

it('gives everybody the same while it goes on, however often the connection breaks', { timeout: 120_000 }, async () => {
  const cuts = [1, 40, 300, 301, 900, 77, 2_000, 512, 5];
  const formats = ['events', 'ai-sdk', 'ag-ui'];
  const calm = formats.map((format) => read(stream(runs[0], format)));
  const fetches = formats.map(() => wandering(...cuts));
  const cut = formats.map((format, i) => read(stream(runs[0], format), { fetch: fetches[i] }));
  const chats = clients.map((client) => chat(client, stream(runs.at(-1), 'ai-sdk', client.aiSdk)));
  const follower = agent(stream(runs.at(-1), 'ag-ui'));
  await converse();

  for (const [i, format] of formats.entries()) {
    const afterwards = textOf(await read(stream(runs.at(-1), format)));
    assert.equal(textOf(await calm[i]), afterwards, `${format}, uncut`);
    assert.equal(textOf(await cut[i]), afterwards, `${format}, cut`);
    assert.ok(fetches[i].requests.length > 5, `${fetches[i].requests.length} connections`);
  }
  const followed = await follower;
  assert.deepEqual(followed, await agent(stream(runs[0], 'ag-ui')));
  assert.equal(followed.failure, undefined);
  assert.equal(followed.messages.filter(({ role }) => role === 'assistant').length, 1 + TURNS);
  for (const [i, client] of clients.entries()) {
    const seen = await chats[i];
    assert.deepEqual(seen, await chat(client, stream(runs[0], 'ai-sdk', client.aiSdk)), client.name);
    assert.equal(seen.status, 'ready');
    const texts = seen.messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'text'));
    assert.equal(texts.length, 1 + TURNS, client.name);
  }
});
