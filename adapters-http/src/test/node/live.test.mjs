// The checks for a running server, tried on a server that is right and on ones that are not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, it } from 'node:test';
import { serve } from './golden.mjs';

let server;
let damage = (text) => text;
before(async () => (server = await serve(() => ({ damage }))));
after(() => server.close());

function live(url) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve) => {
    const file = new URL('live.mjs', import.meta.url).pathname;
    execFile(process.execPath, ['--test', file], { env: { ...env, OA_STREAM_URL: url } }, (error) =>
      resolve(error?.code ?? 0),
    );
  });
}

it('passes on a stream that is right', async () => {
  assert.equal(await live(server.stream('answer')), 0);
});

it('fails on a run that has failed, for its message is none', async () => {
  assert.equal(await live(server.stream('failed')), 1);
});

for (const [what, broken] of [
  ['an event has lost its id', (text) => text.replace('id: 5\n', '')],
  ['the last chunk is missing', (text) => text.replace(/data: \{"type":"finish".*\n/, '')],
  ['a block is there twice', (text) => text.replace(/(id: 7\n.*\n\n)/, '$1$1')],
]) {
  it(`fails on a stream in which ${what}`, async () => {
    damage = broken;
    assert.equal(await live(server.stream('answer')), 1);
  });
}
