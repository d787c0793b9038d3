// Tokens for clients, verified by the package `jose` through the keys that are published over HTTP, and held against the rules
// of Convex's custom JWT providers. The file OA_TOKENS has the cases, and which of them are good.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';

const { issuer, cases } = JSON.parse(await readFile(process.env.OA_TOKENS));
const SKEW = 5;

const verify = ({ token, audience, algorithm }, keys) =>
  jwtVerify(token, keys, { issuer, audience, algorithms: [algorithm], typ: 'JWT', clockTolerance: SKEW });

for (const one of cases) {
  test(`${one.name} is ${one.good ? 'good' : 'refused'}`, async () => {
    const verified = verify(one, createRemoteJWKSet(new URL(one.keys)));
    if (one.good) {
      await verified;
    } else {
      await assert.rejects(verified, { code: /^ERR_JW/ });
    }
  });
}

const good = cases.filter(({ good }) => good);

test('the keys come as Convex takes them', async () => {
  for (const { keys } of cases) {
    const response = await fetch(keys);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^application\/json(; *charset=utf-8)?$/);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
    for (const key of (await response.json()).keys) {
      assert.ok(key.kid && key.alg && key.use === 'sig');
      assert.deepEqual(Object.keys(key).filter((part) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(part)), []);
    }
  }
});

test('the discovery document leads to the keys', async () => {
  for (const { discovery } of cases) {
    const document = await (await fetch(discovery)).json();
    assert.equal(document.issuer, issuer);
    assert.equal(document.jwks_uri, `${issuer}/.well-known/jwks.json`);
  }
});

test('a token keeps the rules of a custom JWT provider', async () => {
  for (const one of good) {
    const { keys } = await (await fetch(one.keys)).json();
    const header = decodeProtectedHeader(one.token);
    const claims = decodeJwt(one.token);
    const now = Date.now() / 1000;

    assert.equal(header.typ, 'JWT');
    assert.equal(header.alg, one.algorithm);
    assert.equal(keys.find(({ kid }) => kid === header.kid).alg, header.alg);
    assert.equal(claims.iss, issuer);
    assert.ok(typeof claims.sub === 'string' && claims.sub !== '');
    assert.equal(claims.aud, one.audience);
    assert.ok(claims.iat <= now + SKEW && claims.nbf <= now + SKEW && claims.exp > now - SKEW);
    assert.ok(claims.exp - claims.iat >= 60 && claims.exp - claims.iat <= 900);
    assert.ok(Number.isInteger(claims.iat) && Number.isInteger(claims.exp));
    for (const [name, value] of Object.entries(claims)) {
      assert.ok(typeof value !== 'object' || Array.isArray(value), `${name} is flat`);
    }
  }
});

test('a refreshed token differs in its id and times alone', () => {
  const lasting = ({ token }) => {
    const { jti, iat, nbf, exp, ...rest } = decodeJwt(token);
    assert.ok(jti && iat && nbf && exp);
    return rest;
  };
  for (const one of good) {
    for (const other of good.filter(({ audience }) => audience === one.audience)) {
      assert.deepEqual(lasting(one), lasting(other));
    }
  }
});

test('a token of another audience, algorithm or time is refused', async () => {
  const one = good[0];
  const keys = createLocalJWKSet(await (await fetch(one.keys)).json());
  await assert.rejects(verify({ ...one, audience: 'another' }, keys), { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
  await assert.rejects(verify({ ...one, algorithm: 'PS256' }, keys), { code: 'ERR_JOSE_ALG_NOT_ALLOWED' });
  await assert.rejects(
    jwtVerify(one.token, keys, { issuer, currentDate: new Date(Date.now() + 901_000) }),
    { code: 'ERR_JWT_EXPIRED' },
  );
  const [header, , signature] = one.token.split('.');
  const forged = `${header}.${Buffer.from('{"sub":"user:2"}').toString('base64url')}.${signature}`;
  await assert.rejects(verify({ ...one, token: forged }, keys), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});
