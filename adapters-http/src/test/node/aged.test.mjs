// The official clients and our own reader read a run from its start though the pieces of its texts have aged out.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chat, clients, refusedBySchema } from './chat.mjs';
import { read } from './cuts.mjs';
import { aged, golden, serve } from './golden.mjs';

const runs = ['answer', 'interrupted', 'tools'];

describe('a run of which pieces aged out', () => {
  let whole;
  let compacted;
  before(async () => {
    whole = await serve();
    compacted = await serve(undefined, aged);
  });
  after(async () => {
    await whole.close();
    await compacted.close();
  });

  for (const client of clients.filter(({ aiSdk }) => aiSdk === 5)) {
    for (const run of runs) {
      it(`is taken by ${client.name} chunk by chunk: ${run}`, async () => {
        const { chunks, refused } = await refusedBySchema(client, compacted.stream(run));
        assert.deepEqual(refused, []);
        assert.equal(chunks, golden(run, 'ai-sdk', 5, aged).toString().match(/^data: \{/gm).length);
      });

      it(`is the same message to ${client.name} as before: ${run}`, async () => {
        const before = await chat(client, whole.stream(run));
        const now = await chat(client, compacted.stream(run));
        assert.deepEqual(now.messages, before.messages);
        assert.equal(now.status, before.status);
        assert.equal(now.finishReason, before.finishReason);
      });
    }
  }

  const said = (events) =>
    events
      .flatMap((event) => event.chunks)
      .filter((event) => /^(message|reasoning)\.delta$/.test(event.type))
      .reduce((texts, { type, payload }) => {
        const id = `${type} ${payload.messageId ?? payload.reasoningId}`;
        return { ...texts, [id]: (texts[id] ?? '') + payload.text };
      }, {});

  for (const run of runs) {
    it(`has the same texts in pieces for our own reader, and each in one: ${run}`, async () => {
      const before = await read(whole.stream(run, 'events'));
      const now = await read(compacted.stream(run, 'events'));
      assert.deepEqual(said(now), said(before));
      const pieces = now.flatMap((event) => event.chunks).filter((event) => /\.delta$/.test(event.type));
      assert.equal(pieces.length, Object.keys(said(now)).length);
      const sequences = now.flatMap((event) => event.chunks).map((event) => event.seq);
      assert.equal(new Set(sequences).size, sequences.length, 'no sequence comes twice');
      assert.deepEqual(
        now.map((event) => event.seq),
        before.filter(({ chunks }) => !/\.(delta|progress)$/.test(chunks[0].type)).map((event) => event.seq),
      );
    });
  }
});
