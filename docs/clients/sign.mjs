// Prints the headers of one signed request, for `curl -H @-`: node sign.mjs METHOD TARGET [BODY]
import { createHash, createHmac, randomUUID } from 'node:crypto';

const [method, path, body = ''] = process.argv.slice(2);
const [kid, secret] = process.env.OA_SIGNING_KEYS.split(',')[0].split(/=(.*)/s);
const iat = Math.floor(Date.now() / 1000);
const bodySha256 = createHash('sha256').update(body).digest('hex');
const userId = Number(process.env.OA_USER ?? 1);
const claims = { iat, exp: iat + 60, nonce: randomUUID(), kid, method, path, bodySha256, userId };

const signed = Buffer.from(JSON.stringify(claims)).toString('base64url');
const mac = createHmac('sha256', Buffer.from(secret, 'base64url')).update(signed).digest('base64url');
console.log(`X-OA-RUNTIME-SIGNATURE: v1.${signed}.${mac}`);
console.log(`X-OA-USER-ID: ${userId}`);
