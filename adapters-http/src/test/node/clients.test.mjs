// The official clients read the runtime's streams with their own schema and build the message.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chat, clients, refusedBySchema } from './chat.mjs';
import { golden, runs, serve } from './golden.mjs';

const RUN = '0190a0c0-0000-7000-8000-000000000001';
const shape = (part) => [part.type, part.state, part.text ?? part.data].filter((value) => value !== undefined);

for (const client of clients) {
  describe(client.name, () => {
    let server;
    before(async () => (server = await serve()));
    after(() => server.close());

    const resume = (run) => chat(client, server.stream(run, 'ai-sdk', client.aiSdk));

    for (const run of runs) {
      it(`accepts every chunk of the run "${run}"`, async () => {
        const { chunks, refused } = await refusedBySchema(client, server.stream(run, 'ai-sdk', client.aiSdk));
        const sent = golden(run, 'ai-sdk', client.aiSdk).toString().match(/^data: \{/gm).length;
        assert.deepEqual(refused, []);
        assert.equal(chunks, sent);
      });
    }

    it('builds the answer from reasoning and text', async () => {
      const { status, messages, finishReason } = await resume('answer');
      assert.equal(status, 'ready');
      assert.equal(messages.length, 1);
      assert.equal(messages[0].id, RUN);
      assert.deepEqual(messages[0].parts.map(shape), [
        ['step-start'],
        ['reasoning', 'done', 'The user asks about leases.\nKeep it short.'],
        ['text', 'done', 'A lease is a right that runs out.\n\n```\n"ttl": 30\\s\n```\n🎉 Größe: ≤ 30 s\u2028'],
      ]);
      assert.equal(finishReason, 'stop');
    });

    it('marks an interrupted message and goes on with the next one', async () => {
      const { status, messages, finishReason, data } = await resume('interrupted');
      assert.equal(status, 'ready');
      assert.deepEqual(messages[0].parts.map(shape), [
        ['step-start'],
        ['text', 'done', 'Half a sen'],
        ['data-interrupted', { messageId: '1.1.0.1' }],
        ['text', 'done', 'A whole sentence.'],
      ]);
      assert.equal(finishReason, 'length');
      assert.deepEqual(
        data.filter((part) => part.type === 'data-status').map((part) => part.data.status),
        ['recovering', 'running'],
      );
    });

    it('shows the error of a failed run, and nothing is left open', async () => {
      const { status, messages, errors } = await resume('failed');
      assert.equal(status, 'error');
      assert.deepEqual(errors, ['The model does not answer.']);
      assert.deepEqual(messages[0].parts.map(shape), [
        ['step-start'],
        ['text', 'done', 'I think'],
        ['data-limit-warning', { limit: 'turn_deadline', max: 100, used: 80 }],
        ['data-reason', { reason: 'The model does not answer.', reasonClass: 'model_unavailable', status: 'failed' }],
      ]);
    });

    it('is ready after a canceled run, and nothing is left open', async () => {
      const { status, messages, errors, finishReason } = await resume('canceled');
      assert.equal(status, 'ready');
      assert.deepEqual(errors, []);
      assert.equal(finishReason, undefined);
      assert.deepEqual(messages[0].parts.map(shape), [
        ['step-start'],
        ['dynamic-tool', 'output-error'],
        ['text', 'done', 'I am looking'],
        ['data-reason', { reason: 'changed my mind', reasonClass: 'cancel_requested', status: 'canceled' }],
      ]);
    });

    it('settles every tool', async () => {
      const { status, messages, data } = await resume('tools');
      const tools = messages[0].parts.filter((part) => part.type === 'dynamic-tool');
      const denied =
        client.aiSdk === 5 ? ['pay', 'output-error', 'canceled: approval denied'] : ['pay', 'output-denied', undefined];
      assert.equal(status, 'ready');
      assert.deepEqual(
        tools.map((tool) => [tool.toolName, tool.state, tool.errorText ?? tool.output]),
        [
          ['search', 'output-available', null],
          ['fetch', 'output-error', 'The page does not answer.'],
          ['slow', 'output-error', 'timed out after 30000 ms'],
          denied,
          ['pay', 'output-available', { paid: true }],
        ],
      );
      assert.deepEqual(tools[2].input, { none: null });
      const progress = data.find((part) => part.type === 'data-tool-progress');
      assert.deepEqual(progress.data, { toolCallId: 't1', progress: { done: 1, of: 2 } });
      assert.deepEqual(shape(messages[0].parts.at(-1)), ['text', 'done', 'Done.']);
    });

    it('leaves nothing open of what a fork was copied from, and goes on', async () => {
      const { status, messages, errors, data } = await resume('forked');
      assert.equal(status, 'ready');
      assert.deepEqual(errors, []);
      assert.deepEqual(
        messages[0].parts.filter((part) => !part.type.startsWith('data-')).map(shape),
        [
          ['step-start'],
          ['dynamic-tool', 'output-error'],
          ['text', 'done', 'While you th'],
          ['step-start'],
          ['text', 'done', 'Forgotten.'],
        ],
      );
      assert.deepEqual(
        data.filter((part) => part.type === 'data-status').map((part) => part.data.status),
        ['waiting', 'running'],
      );
    });

    it('shows who decided on an approval as well as it can', async () => {
      const { messages } = await resume('tools');
      const parts = messages[0].parts;
      if (client.aiSdk >= 6) {
        const [denied, approved] = parts.filter((part) => part.approval);
        assert.equal(denied.approval.id, 'a4');
        assert.equal(approved.approval.id, 'a5');
      }
      if (client.aiSdk >= 7) {
        const [denied, approved] = parts.filter((part) => part.approval);
        assert.deepEqual([denied.approval.approved, denied.approval.reason], [false, 'too much']);
        assert.equal(approved.approval.approved, true);
      } else {
        const data = parts.filter((part) => part.type === 'data-approval').map((part) => part.data.state);
        assert.deepEqual(data, ['denied', 'approved']);
      }
    });
  });
}

describe('the first clients of each version', () => {
  for (const client of clients.filter(({ name }) => /^ai \d\.0\.(0|100)$/.test(name))) {
    it(`${client.name} refuses a chunk with an addition, so it is a referee`, async () => {
      const stream = (field) => `data:text/plain,${encodeURIComponent(`data: {"type":"start-step"${field}}\n\n`)}`;
      assert.deepEqual((await refusedBySchema(client, stream(''))).refused, []);
      assert.equal((await refusedBySchema(client, stream(',"seq":4'))).refused.length, 1);
    });
  }
});
