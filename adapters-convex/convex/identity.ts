import type { Auth, UserIdentity } from "convex/server";
import { ConvexError } from "convex/values";
import { env } from "./_generated/server.js";

// Tokens of clients and of the writer have one issuer and one set of keys. The backend has checked
// signature, times and audience; it does not tell functions which audience that was. What a token is
// for is therefore read from its subject and from the version of its claims, both of which the issuer
// sets: one kind never passes for the other.

const CLIENT_CLAIMS = "oa_convex_claims_v1";
const WRITER_CLAIMS = "oa_convex_writer_v1";
const WRITER_SUBJECT = "service:projector";
const OWNER = /^(user:[1-9][0-9]{0,18}|guest:[A-Za-z0-9._~-]{1,200})$/;

export type Scope = "runtime.run_summaries" | "runtime.thread_summaries" | "runtime.timeline_slices";

type Caller = { auth: Auth };

/** Refuses everyone but the runtime's projector. */
export async function requireWriter(ctx: Caller): Promise<void> {
  const identity = await requireClaims(ctx, WRITER_CLAIMS);
  if (identity.subject !== WRITER_SUBJECT) {
    throw new ConvexError({ code: "FORBIDDEN" });
  }
}

/** The owner whose documents the caller may see. */
export async function requireOwner(ctx: Caller, scope: Scope): Promise<string> {
  const identity = await requireClaims(ctx, CLIENT_CLAIMS);
  if (!OWNER.test(identity.subject)) {
    throw new ConvexError({ code: "FORBIDDEN" });
  }
  const granted = typeof identity.scope === "string" ? identity.scope.split(" ") : [];
  if (!granted.includes(scope)) {
    throw new ConvexError({ code: "FORBIDDEN", scope });
  }
  return identity.subject;
}

async function requireClaims(ctx: Caller, version: string): Promise<UserIdentity> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) {
    throw new ConvexError({ code: "UNAUTHENTICATED" });
  }
  if (!isOurs(identity.issuer) || identity.oa_claims_version !== version) {
    throw new ConvexError({ code: "FORBIDDEN" });
  }
  return identity;
}

/** Providers' issuers are compared without the slash at their end, by the backend and here. */
function isOurs(issuer: string): boolean {
  const ours = env.OA_TOKEN_ISSUER;
  return ours !== undefined && ours !== "" && issuer.replace(/\/+$/, "") === ours.replace(/\/+$/, "");
}
