import assert from "node:assert/strict";
import { convexTest } from "convex-test";
import { ConvexError, type Value } from "convex/values";
import schema from "../../../convex/schema.js";
import { modules } from "./functions.js";

// A deployment in memory, and those who call it.

export const ISSUER = "https://runtime.example";
process.env.OA_TOKEN_ISSUER = ISSUER;

export function deployment() {
  return convexTest({ schema, modules, transactionLimits: true });
}

export type Deployment = ReturnType<typeof deployment>;

export const SCOPES = "runtime.run_summaries runtime.thread_summaries runtime.timeline_slices";

/** A client as its token's claims describe it. */
export function client(t: Deployment, subject: string, claims: Record<string, string | undefined> = {}) {
  return t.withIdentity({
    issuer: ISSUER,
    subject,
    scope: SCOPES,
    oa_claims_version: "oa_convex_claims_v1",
    ...claims,
  });
}

/** The runtime's projector. */
export function writer(t: Deployment, claims: Record<string, string> = {}) {
  return t.withIdentity({
    issuer: ISSUER,
    subject: "service:projector",
    oa_claims_version: "oa_convex_writer_v1",
    ...claims,
  });
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<Value> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ConvexError, String(error));
    return error.data as Value;
  }
  assert.fail("nothing was refused");
}
