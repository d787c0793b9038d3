// The official AG-UI client reads the runtime's streams: every event by its schemas and its verifier.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { agent, verified } from './ag-ui.mjs';
import { cutting } from './cuts.mjs';
import { aged, golden, runs, serve } from './golden.mjs';

const RUN = '0190a0c0-0000-7000-8000-000000000001';
const said = ({ messages }) => messages.map(({ role, content }) => [role, content]);

describe('@ag-ui/client 1.0.0', () => {
  let server;
  let plan = () => ({});
  before(async () => (server = await serve((request) => plan(request))));
  after(() => server.close());

  const read = (run) => agent(server.stream(run, 'ag-ui'));

  for (const run of runs) {
    it(`takes every event of the run "${run}"`, async () => {
      const events = await verified(server.stream(run, 'ag-ui'));
      assert.equal(events.length, golden(run, 'ag-ui').toString().match(/^data: /gm).length);
    });
  }

  it('builds the answer from reasoning and text', async () => {
    const { messages, outcomes, failure } = await read('answer');
    assert.equal(failure, undefined);
    assert.deepEqual(said({ messages }), [
      ['reasoning', 'The user asks about leases.\nKeep it short.'],
      ['assistant', 'A lease is a right that runs out.\n\n```\n"ttl": 30\\s\n```\n🎉 Größe: ≤ 30 s\u2028'],
    ]);
    assert.equal(messages[1].id, `${RUN}.1.1.0.1`);
    assert.deepEqual(messages[1].metadata, { openagents: { finishReason: 'stop' } });
    assert.deepEqual(outcomes, ['success']);
  });

  it('marks an interrupted message and goes on with the next one', async () => {
    const seen = await read('interrupted');
    assert.deepEqual(said(seen), [
      ['assistant', 'Half a sen'],
      ['assistant', 'A whole sentence.'],
    ]);
    assert.deepEqual(seen.notices.at(-1), ['interrupted', { messageId: `${RUN}.1.1.0.1` }]);
  });

  it('is told why a run failed', async () => {
    const { messages, errors, outcomes } = await read('failed');
    assert.deepEqual(errors, [['model_unavailable', 'The model does not answer.']]);
    assert.deepEqual(said({ messages }), [['assistant', 'I think']]);
    assert.deepEqual(outcomes, []);
  });

  it('takes a canceled run for neither a success nor a failure', async () => {
    const { messages, errors, outcomes, failure } = await read('canceled');
    assert.deepEqual([errors, failure, outcomes], [[], undefined, ['cancelled']]);
    assert.deepEqual(said({ messages }), [
      ['assistant', undefined],
      ['tool', 'the run ended before the tool did'],
      ['assistant', 'I am looking'],
    ]);
  });

  it('has the result of every tool behind its call', async () => {
    const { messages } = await read('tools');
    assert.deepEqual(
      messages.filter(({ role }) => role === 'tool').map(({ content, metadata }) => [content, metadata?.openagents.status]),
      [
        ['null', undefined],
        ['The page does not answer.', 'failed'],
        ['timed out after 30000 ms', 'timed_out'],
        ['canceled: approval denied', 'canceled'],
        ['{"paid":true}', undefined],
      ],
    );
    const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
    assert.deepEqual(
      calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]),
      [['search', { q: 'x' }], ['fetch', {}], ['slow', { none: null }], ['pay', { sats: 100 }], ['pay', { sats: 1 }]],
    );
    assert.deepEqual(
      messages.filter(({ role }) => role === 'tool').map(({ toolCallId }) => toolCallId),
      calls.map(({ id }) => id),
    );
  });

  it('reads a session turn by turn', async () => {
    const { messages, outcomes, notices } = await read('session');
    assert.deepEqual(outcomes, ['success', 'success', 'interrupt', 'success', 'success']);
    assert.deepEqual(said({ messages }), [
      ['assistant', 'Hello.'],
      ['assistant', 'Deleted.'],
    ]);
    assert.deepEqual(
      notices.find(([name]) => name === 'approval'),
      ['approval', { approvalId: '2.1.0', reason: 'go on', state: 'approved' }],
    );
  });

  it('has the interrupt while an approval is waited for', async () => {
    plan = () => ({ damage: (text) => text.slice(0, text.indexOf('"runId":"' + RUN + '.16"')).replace(/data: [^\n]*$/, '') });
    const { interrupts, failure } = await read('session');
    plan = () => ({});
    assert.equal(failure, undefined);
    assert.equal(interrupts.length, 1);
    assert.equal(interrupts[0].id, '2.1.0');
    assert.equal(interrupts[0].reason, 'confirmation');
    assert.equal(interrupts[0].message, 'Delete the file?');
  });

  it('takes a cut for a failure, and builds the same from the next connection', async () => {
    const whole = await read('answer');
    for (const cut of [300, 900, golden('answer', 'ag-ui').length - 4]) {
      const fetch = cutting(cut);
      assert.equal((await agent(server.stream('answer', 'ag-ui'), { fetch })).failure, 'the connection broke');
      assert.deepEqual(await agent(server.stream('answer', 'ag-ui'), { fetch }), whole);
    }
  });

  for (const [what, damage, message] of [
    ['has an addition', (text) => text.replace('"stepName"', '"seq":4,"stepName"'), /unrecognised material at '\/seq'/],
    ['ends with [DONE]', (text) => `${text}data: [DONE]\n\n`, /JSON/],
    ['is a bare tail', (text) => text.slice(text.indexOf('id: 2\n')), /First event must be 'RUN_STARTED'/],
    ['leaves a step open', (text) => text.replace(/data: .*STEP_FINISHED.*\n/, ''), /steps are still active/],
    ['has null for an absent field', (text) => text.replace('"protocolVersion":"1.0"', '"input":null'), /input/],
  ]) {
    it(`refuses a stream that ${what}, so it is a referee`, async () => {
      plan = () => ({ damage });
      await assert.rejects(verified(server.stream('answer', 'ag-ui')), message);
      plan = () => ({});
    });
  }
});

describe('@ag-ui/client 1.0.0, of a run of which pieces aged out,', () => {
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

  for (const run of ['answer', 'interrupted', 'tools']) {
    it(`builds the same messages as before: ${run}`, async () => {
      await verified(compacted.stream(run, 'ag-ui'));
      const { messages, outcomes } = await agent(whole.stream(run, 'ag-ui'));
      const now = await agent(compacted.stream(run, 'ag-ui'));
      assert.deepEqual([now.messages, now.outcomes], [messages, outcomes]);
    });
  }
});
