// The document in the file OA_OPENAPI against the schema of OpenAPI 3.1, as the validator's package brings it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';

const document = JSON.parse(await readFile(process.env.OA_OPENAPI));

test('the document of the API is an OpenAPI 3.1 document', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));

  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, '3.1');
});

test('the schema refuses what is none', async () => {
  const broken = structuredClone(document);
  broken.paths['/internal/v1/runs'].post.responses['202'] = { content: {} };

  assert.equal((await new Validator().validate(broken)).valid, false);
});
