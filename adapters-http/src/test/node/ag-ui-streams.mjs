// Many streams in the file OA_AG_UI_STREAMS, one JSON array of AG-UI events a line, by the official schemas and verifier.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { from } from 'rxjs';
import { verify, withoutWarnings } from './ag-ui.mjs';

const lines = (await readFile(process.env.OA_AG_UI_STREAMS, 'utf8')).split('\n').filter((line) => line !== '');

it('every stream is taken, event by event', async () => {
  assert.ok(lines.length >= 100, `${lines.length} streams`);
  for (const [number, line] of lines.entries()) {
    const events = JSON.parse(line);
    const taken = await withoutWarnings(() => verify(from(events))).catch((error) =>
      assert.fail(`stream ${number}: ${error.message}\n${line}`),
    );
    assert.equal(taken.length, events.length, `stream ${number}`);
  }
});

it('a stream that lacks its end of a text is none of them', async () => {
  const broken = lines.map(JSON.parse).find((events) => events.some(({ type }) => type === 'TEXT_MESSAGE_END'));
  const open = broken.filter(({ type }) => type !== 'TEXT_MESSAGE_END' && type !== 'RUN_ERROR');
  await assert.rejects(verify(from([...open, { type: 'RUN_FINISHED', threadId: 't', runId: 'r' }])));
});
