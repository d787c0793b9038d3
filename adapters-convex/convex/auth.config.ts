import type { AuthConfig } from "convex/server";

declare const process: { env: Record<string, string | undefined> };

// Tokens for both audiences are issued by the runtime. The keys are OA_TOKEN_JWKS: the URL of its
// /.well-known/jwks.json, or a data: URI where the backend cannot reach that.

function provider(audience: string) {
  return {
    type: "customJwt" as const,
    applicationID: audience,
    issuer: required("OA_TOKEN_ISSUER", process.env.OA_TOKEN_ISSUER),
    jwks: required("OA_TOKEN_JWKS", process.env.OA_TOKEN_JWKS),
    algorithm: "ES256" as const,
  };
}

/** A provider without an audience would take tokens that were made for somebody else. */
function required(name: string, value: string | undefined): string {
  if (value === undefined || value === "") {
    throw new Error(`set ${name} with: npx convex env set ${name} …`);
  }
  return value;
}

export default {
  providers: [
    provider(required("OA_CONVEX_AUDIENCE", process.env.OA_CONVEX_AUDIENCE)),
    provider(required("OA_CONVEX_WRITER_AUDIENCE", process.env.OA_CONVEX_WRITER_AUDIENCE)),
  ],
} satisfies AuthConfig;
