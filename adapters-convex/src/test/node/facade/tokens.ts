import type { AuthConfig, UserIdentity } from "convex/server";
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK, type JWTPayload } from "jose";
import { Problem } from "./problems.js";

// Whom a bearer token speaks for, by the rules of the backend for providers of type customJwt. The
// backend does not look at `typ`, against its documentation, which asks for it; here it is asked for.

type Provider = Extract<AuthConfig["providers"][number], { type: "customJwt" }>;

const SKEW_SECONDS = 5;
const REGISTERED = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

const refused = (message: string) => new Problem(401, "InvalidAuthHeader", message);

export async function identityOf(config: AuthConfig, token: string): Promise<Partial<UserIdentity>> {
  const claims = unverified(token);
  const provider = providerFor(config, claims);
  await checkSignature(provider, token);
  checkTimes(claims, Math.floor(Date.now() / 1000));
  if (claims.sub === undefined) {
    throw refused("Missing subject");
  }
  return { issuer: claims.iss!, subject: claims.sub, ...flattened(claims) };
}

function unverified(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw refused("Could not parse JWT payload.");
  }
}

function providerFor(config: AuthConfig, { iss, aud }: JWTPayload): Provider {
  if (iss === undefined) {
    throw refused("Missing issuer claim ('iss') in JWT payload.");
  }
  const audiences = aud === undefined ? [] : [aud].flat();
  const issuer = /^https?:\/\//.test(iss) ? iss : `https://${iss}`;
  const trimmed = (url: string) => url.replace(/\/+$/, "");
  const found = (config.providers as Provider[]).find(
    (provider) =>
      (provider.applicationID === undefined || audiences.includes(provider.applicationID)) &&
      trimmed(provider.issuer) === trimmed(issuer),
  );
  if (found === undefined) {
    throw new Problem(401, "NoAuthProvider", "No auth provider found matching the given token");
  }
  return found;
}

async function checkSignature(provider: Provider, token: string): Promise<void> {
  try {
    const { alg, kid, typ } = decodeProtectedHeader(token);
    const key = (await keysAt(provider.jwks)).find((candidate) => kid !== undefined && candidate.kid === kid);
    if (key === undefined || alg !== provider.algorithm || (key.alg ?? alg) !== alg || typ !== "JWT") {
      throw refused("kid, alg or typ");
    }
    await compactVerify(token, await importJWK(key, alg), { algorithms: [alg] });
  } catch {
    throw refused("Could not decode token.");
  }
}

async function keysAt(uri: string): Promise<JWK[]> {
  const answer = await fetch(uri).catch(() => null);
  const type = answer?.headers.get("content-type") ?? "";
  const typed =
    uri.startsWith("data:") || /^application\/(json|jwk-set\+json)(;\s*charset=utf-8)?$/i.test(type);
  if (answer === null || answer.status !== 200 || !typed) {
    throw refused(`Could not fetch JWKS from ${uri}`);
  }
  return ((await answer.json()) as { keys: JWK[] }).keys;
}

function checkTimes({ exp, nbf, iat }: JWTPayload, now: number): void {
  if (exp === undefined) {
    throw refused("Missing expiry");
  }
  if (now - exp > SKEW_SECONDS) {
    throw refused("Could not validate token: Token expired");
  }
  for (const time of [nbf, iat]) {
    if (time !== undefined && time - now > SKEW_SECONDS) {
      throw refused("Could not validate token: Token not yet valid");
    }
  }
}

/** Claims beside the registered ones: `a: {b: 1}` is seen as `"a.b": 1`. */
function flattened(claims: JWTPayload): Record<string, never> {
  const flat: Record<string, unknown> = {};
  const add = (prefix: string, value: unknown) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, part] of Object.entries(value)) {
        add(`${prefix}.${name}`, part);
      }
    } else {
      flat[prefix] = value;
    }
  };
  for (const [name, value] of Object.entries(claims)) {
    if (!REGISTERED.includes(name)) {
      add(name, value);
    }
  }
  return flat as Record<string, never>;
}
