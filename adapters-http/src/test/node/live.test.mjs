// The checks for a running server, tried on a server that is right and on one that is not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, it } from 'node:test';
import { serve } from './golden.mjs';

let server;
before(async () => (server = await serve()));
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
