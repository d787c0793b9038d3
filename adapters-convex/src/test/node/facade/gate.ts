import type { IncomingMessage } from "node:http";
import type { AuthConfig, UserIdentity } from "convex/server";
import type { Caller } from "./backend.js";
import { Problem } from "./problems.js";
import { identityOf } from "./tokens.js";

/** Who calls: nobody, a user by a token, or the holder of the admin key. */
export class Gate {
  constructor(
    private readonly auth: AuthConfig,
    private readonly adminKey: string,
  ) {}

  /** An admin key begins with the name of its instance. */
  get instance(): string {
    return this.adminKey.split("|")[0]!;
  }

  async requireAdmin(request: IncomingMessage): Promise<void> {
    if ((await this.callerOf(request)).as !== "admin") {
      throw new Problem(403, "Unauthorized", "You do not have permission to perform this operation.");
    }
  }

  /** A bad credential is refused even where none is needed. */
  async callerOf(request: IncomingMessage): Promise<Caller> {
    const shown = request.headers.authorization;
    if (shown === undefined) {
      return { as: "nobody" };
    }
    if (shown.length < 7) {
      throw new Problem(400, "InvalidHeaderFailure", "Invalid authentication header");
    }
    const [scheme, rest] = [shown.slice(0, 7).toLowerCase(), shown.slice(7).trim()];
    if (scheme === "bearer ") {
      return { as: "user", identity: await identityOf(this.auth, rest) };
    }
    if (scheme !== "convex ") {
      throw new Problem(400, "InvalidAdminKey", "Invalid admin key");
    }
    const [key, acting] = rest.split(":");
    if (key !== this.adminKey) {
      throw new Problem(401, "BadAdminKey", "The provided admin key was invalid for this instance");
    }
    return { as: "admin", identity: acting === undefined ? null : attributesIn(acting) };
  }
}

function attributesIn(encoded: string): Partial<UserIdentity> {
  try {
    const attributes = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as Partial<UserIdentity>;
    if (
      attributes.tokenIdentifier === undefined &&
      (attributes.issuer === undefined || attributes.subject === undefined)
    ) {
      throw new Error("tokenIdentifier, or issuer and subject");
    }
    return attributes;
  } catch {
    throw new Problem(400, "HeaderParseFailure", "Malformed Authorization header.");
  }
}

export function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
