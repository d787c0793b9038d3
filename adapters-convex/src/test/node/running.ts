import assert from "node:assert/strict";
import { after } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { Backend } from "./facade/backend.js";
import { control } from "./facade/control.js";
import { Gate } from "./facade/gate.js";
import { Facade } from "./facade/server.js";
import { CLIENTS, Issuer, WRITERS } from "./issuer.js";

// A façade in this process, and those who call it.

export const ADMIN_KEY = "facade|0123456789abcdef";
export const issuer = await Issuer.at("https://runtime.example");

process.env.OA_TOKEN_ISSUER = issuer.url;
process.env.OA_TOKEN_JWKS = issuer.jwks;
process.env.OA_CONVEX_AUDIENCE = CLIENTS;
process.env.OA_CONVEX_WRITER_AUDIENCE = WRITERS;

const backend = await Backend.start();
const facade = new Facade(backend, new Gate(backend.auth, ADMIN_KEY));
export const url = `http://127.0.0.1:${await facade.up()}`;
const door = await control(facade, backend);

after(async () => {
  await facade.down();
  door.close();
});

export function client(token?: string): ConvexHttpClient {
  return new ConvexHttpClient(url, { logger: false, ...(token === undefined ? {} : { auth: token }) });
}

export function admin(acting?: {
  issuer: string;
  subject: string;
  [claim: string]: string;
}): ConvexHttpClient {
  const http = client() as ConvexHttpClient & { setAdminAuth(key: string, acting?: object): void };
  http.setAdminAuth(ADMIN_KEY, acting);
  return http;
}

export async function order(deed: string, what: object = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${door.port}/${deed}`, {
    method: "POST",
    body: JSON.stringify(what),
  });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return (await answer.json()) as Record<string, unknown>;
}

export type Reply = { status: number; body: Record<string, unknown> };

/** A call as other languages make it: the bare request. */
export async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** The official client with the runtime's own token. */
export async function writer() {
  return client(await issuer.writer());
}

/** Integers as they are sent. */
export function int(value: bigint): { $integer: string } {
  return { $integer: Buffer.from(new BigInt64Array([value]).buffer).toString("base64") };
}

export async function dataOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ConvexError, String(error));
    return error.data;
  }
  assert.fail("nothing was refused");
}
