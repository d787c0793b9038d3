import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from "jose";
import { SCOPES } from "./deployment.js";

// Tokens as the runtime issues them, and as it never would.

export const CLIENTS = "openagents-convex";
export const WRITERS = "openagents-convex-writer";

export class Issuer {
  private constructor(
    readonly url: string,
    readonly jwk: JWK,
    private readonly key: CryptoKey,
  ) {}

  static async at(url: string, kid = "k1"): Promise<Issuer> {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    return new Issuer(url, { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" }, privateKey);
  }

  get jwks(): string {
    return `data:application/json;base64,${Buffer.from(JSON.stringify({ keys: [this.jwk] })).toString("base64")}`;
  }

  client(subject: string, claims: Record<string, unknown> = {}): Promise<string> {
    return this.sign({
      aud: CLIENTS,
      sub: subject,
      scope: SCOPES,
      oa_claims_version: "oa_convex_claims_v1",
      ...claims,
    });
  }

  writer(claims: Record<string, unknown> = {}): Promise<string> {
    return this.sign({
      aud: WRITERS,
      sub: "service:projector",
      oa_claims_version: "oa_convex_writer_v1",
      ...claims,
    });
  }

  /** Claims that are given as undefined are left out. */
  sign(
    claims: Record<string, unknown>,
    header: Partial<JWTHeaderParameters> = {},
    key = this.key,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.url, iat: now, nbf: now, exp: now + 300, jti: "j1", ...claims })
      .setProtectedHeader({ alg: "ES256", typ: "JWT", kid: this.jwk.kid!, ...header })
      .sign(key);
  }

  /** A key pair that is nobody's. */
  static async stranger(): Promise<CryptoKey> {
    return (await generateKeyPair("ES256")).privateKey;
  }
}
