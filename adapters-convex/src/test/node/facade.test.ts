import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { makeFunctionReference, type DefaultFunctionArgs } from "convex/server";
import { api, internal } from "../../../convex/_generated/api.js";
import { Issuer, WRITERS } from "./issuer.js";
import { ADMIN_KEY, admin, client, dataOf, int, issuer, order, post, url, writer } from "./running.js";
import { run, upsert } from "./samples.js";

// Convex's own client is the referee: what it cannot read, the façade has wrong.

const RUNS = { epoch: 1n, stream: "run_summary", generation: 0n } as const;
const ADMIN = { authorization: `Convex ${ADMIN_KEY}` };
const ENCODED = "convex_encoded_json";

/** Functions that no client should know of, by name. */
const query = (path: string) => makeFunctionReference<"query", DefaultFunctionArgs, unknown>(path);

afterEach(() => order("reset"));

describe("the official client", () => {
  it("writes and reads integers of 64 bits and documents", async () => {
    const w = await writer();
    const document = run("a", { seq: 9223372036854775807n });
    const applied = await w.mutation(api.writer.apply, { ...RUNS, from: 0n, operations: [upsert(document)] });
    assert.deepEqual(applied, {
      position: 1n,
      results: [{ documentId: document.documentId, outcome: "applied" }],
    });
    const [stored] = await w.query(api.writer.read, {
      stream: "run_summary",
      documentIds: [document.documentId],
    });
    assert.deepEqual(stored?.document, document);
    assert.equal(stored?.seq, 9223372036854775807n);
  });

  it("is told with what it was refused", async () => {
    const w = await writer();
    await w.mutation(api.writer.open, { epoch: 9007199254740993n });
    const refused = await dataOf(w.mutation(api.writer.open, { epoch: 1n }));
    assert.deepEqual(refused, { code: "FENCED", epoch: 9007199254740993n });
  });

  it("reads a client's documents in pages", async () => {
    const operations = ["a", "b", "c"].map((id) => upsert(run(id)));
    await (await writer()).mutation(api.writer.apply, { ...RUNS, from: 0n, operations });
    const me = client(await issuer.client("user:42"));
    const first = await me.query(api.runs.mine, { paginationOpts: { numItems: 2, cursor: null } });
    const second = await me.query(api.runs.mine, {
      paginationOpts: { numItems: 2, cursor: first.continueCursor },
    });
    assert.deepEqual([first.page.length, second.page.length, first.isDone], [2, 1, false]);
    assert.deepEqual(
      new Set([...first.page, ...second.page].map((row) => row.runId)),
      new Set(["a", "b", "c"]),
    );
    const other = client(await issuer.client("user:43"));
    assert.deepEqual(
      (await other.query(api.runs.mine, { paginationOpts: { numItems: 2, cursor: null } })).page,
      [],
    );
  });

  it("reads at one time", async () => {
    const me = client(await issuer.client("user:42"));
    assert.equal(await me.consistentQuery(api.runs.get, { runId: "a" }), null);
  });

  it("is refused with the status and body that it throws", async () => {
    await assert.rejects(
      client("no token").query(api.runs.get, { runId: "a" }),
      /"code":"InvalidAuthHeader"/,
    );
  });

  it("is told nothing of an error that is not meant for it, unless it may be", async () => {
    const w = await writer();
    const wrong = { runId: 5n };
    const me = client(await issuer.client("user:42"));
    await assert.rejects(
      me.query(query("runs:get"), wrong),
      /^Error: \[Request ID: [0-9a-f]{16}\] Server Error$/,
    );
    await order("redact", { redact: false });
    await assert.rejects(me.query(query("runs:get"), wrong), /Server Error\n.*Validator error/s);
    await order("redact", { redact: true });
    await assert.rejects(w.query(query("writer:apply"), {}), /Server Error$/);
  });
});

describe("an admin key", () => {
  it("calls internal functions, which nobody else finds", async () => {
    assert.deepEqual(await admin().query(query("writerInternal:version"), {}), {
      protocol: 1,
      functions: "1.2.0",
    });
    await order("redact", { redact: false });
    for (const caller of [client(), await writer(), client(await issuer.client("user:42"))]) {
      await assert.rejects(
        caller.query(query("writerInternal:version"), {}),
        /Could not find public function for 'writerInternal:version'/,
      );
    }
    await assert.rejects(
      admin().query(query("writer:none"), {}),
      /Could not find public function for 'writer:none'/,
    );
  });

  it("is nobody for functions that ask who calls, and may act as somebody", async () => {
    assert.deepEqual(await dataOf(admin().query(api.runs.get, { runId: "a" })), { code: "UNAUTHENTICATED" });
    const acting = {
      issuer: issuer.url,
      subject: "user:42",
      scope: "runtime.run_summaries",
      oa_claims_version: "oa_convex_claims_v1",
    };
    assert.equal(await admin(acting).query(api.runs.get, { runId: "a" }), null);
    const bad = { authorization: `Convex ${ADMIN_KEY}:${Buffer.from("{}").toString("base64")}` };
    const reply = await post("/api/query", { path: "runs:get", args: { runId: "a" } }, bad);
    assert.deepEqual([reply.status, reply.body.code], [400, "HeaderParseFailure"]);
  });

  it("is asked for by what only it may do", async () => {
    const w = { authorization: `Bearer ${await issuer.writer()}` };
    for (const [path, body] of [
      ["/api/function", { path: "writer:version", args: {} }],
      ["/api/list_snapshot", { tableName: "runSummaries" }],
      ["/api/import?tableName=imported&format=jsonLines", ""],
    ] as const) {
      for (const headers of [w, {}]) {
        assert.equal((await post(path, body, headers as Record<string, string>)).status, 403);
      }
    }
    const reply = await post("/api/function", { path: "writerInternal:version", args: {} }, ADMIN);
    assert.equal(reply.body.status, "success");
  });

  it("is refused when it is another", async () => {
    for (const [authorization, status, code] of [
      ["Convex facade|0123456789abcdee", 401, "BadAdminKey"],
      ["convex other|0123456789abcdef", 401, "BadAdminKey"],
      ["Basic dTpw", 400, "InvalidAdminKey"],
      ["short", 400, "InvalidHeaderFailure"],
    ] as const) {
      const reply = await post("/api/query", { path: "writer:version", args: {} }, { authorization });
      assert.deepEqual([reply.status, reply.body.code], [status, code]);
    }
  });
});

describe("a token", () => {
  const asked = async (token: string) => {
    const reply = await post(
      "/api/query",
      { path: "writer:version", args: {}, format: "json" },
      { authorization: `Bearer ${token}` },
    );
    return reply.status === 200
      ? (reply.body.errorData ?? reply.body.value)
      : [reply.status, reply.body.code];
  };
  const version = { protocol: 1, functions: "1.2.0" };
  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
  const invalid = [401, "InvalidAuthHeader"];
  const unknown = [401, "NoAuthProvider"];

  it("is taken as the runtime mints it", async () => {
    assert.deepEqual(await asked(await issuer.writer()), version);
    assert.deepEqual(await asked(await issuer.writer({ aud: ["other", WRITERS] })), version);
    assert.deepEqual(await asked(await issuer.writer({ iss: "https://runtime.example/" })), version);
    assert.deepEqual(await asked(await issuer.writer({ iss: "runtime.example" })), { code: "FORBIDDEN" });
  });

  it("of a client is none of the writer's, by audience or by claims", async () => {
    assert.deepEqual(await asked(await issuer.client("user:42")), { code: "FORBIDDEN" });
    assert.deepEqual(await asked(await issuer.client("user:42", { aud: WRITERS })), { code: "FORBIDDEN" });
    assert.deepEqual(await asked(await issuer.client("service:projector", { aud: WRITERS })), {
      code: "FORBIDDEN",
    });
  });

  it("is refused for another audience or issuer, or without", async () => {
    assert.deepEqual(await asked(await issuer.writer({ aud: "other" })), unknown);
    assert.deepEqual(await asked(await issuer.writer({ aud: undefined })), unknown);
    assert.deepEqual(await asked(await issuer.writer({ iss: "https://other.example" })), unknown);
    assert.deepEqual(await asked(await issuer.writer({ iss: undefined })), invalid);
    assert.deepEqual(await asked(await issuer.writer({ sub: undefined })), invalid);
  });

  it("is refused by its times, but for five seconds", async () => {
    assert.deepEqual(await asked(await issuer.writer({ exp: seconds(-3) })), version);
    assert.deepEqual(await asked(await issuer.writer({ exp: seconds(-7) })), invalid);
    assert.deepEqual(await asked(await issuer.writer({ exp: undefined })), invalid);
    assert.deepEqual(await asked(await issuer.writer({ nbf: seconds(3) })), version);
    assert.deepEqual(await asked(await issuer.writer({ nbf: seconds(20) })), invalid);
    assert.deepEqual(await asked(await issuer.writer({ iat: seconds(20) })), invalid);
    assert.deepEqual(await asked(await issuer.writer({ iat: undefined, nbf: undefined })), version);
  });

  it("is refused by its header or signature", async () => {
    const claims = { aud: WRITERS, sub: "service:projector", oa_claims_version: "oa_convex_writer_v1" };
    assert.deepEqual(await asked(await issuer.sign(claims)), version);
    assert.deepEqual(await asked(await issuer.sign(claims, { kid: "k2" })), invalid);
    assert.deepEqual(
      await asked(await issuer.sign(claims, { kid: undefined as unknown as string })),
      invalid,
    );
    assert.deepEqual(await asked(await issuer.sign(claims, { typ: "at+jwt" })), invalid);
    assert.deepEqual(await asked(await issuer.sign(claims, {}, await Issuer.stranger())), invalid);
    const [head, body, signature] = (await issuer.sign(claims)).split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "k1" })).toString("base64url");
    assert.deepEqual(await asked(`${none}.${body}.`), invalid);
    assert.deepEqual(await asked(`${head}.${body}`), invalid);
    const changed = Buffer.from(
      JSON.stringify({ ...claims, iss: issuer.url, sub: "user:1", exp: seconds(60) }),
    ).toString("base64url");
    assert.deepEqual(await asked(`${head}.${changed}.${signature}`), invalid);
  });

  it("is refused where nobody is asked for", async () => {
    const path = { path: "writer:none", args: {} };
    assert.equal((await post("/api/query", path, { authorization: "Bearer x" })).status, 401);
    assert.equal((await post("/api/query", path)).status, 200);
  });
});

describe("a bare request", () => {
  it("gets values in the format that it asks for", async () => {
    const args = { epoch: int(5n) };
    const call = { path: "writerInternal:open", args };
    const first = async (format?: string, headers: Record<string, string> = {}) => {
      const { body } = await post(
        "/api/mutation",
        { ...call, ...(format === undefined ? {} : { format }) },
        { ...ADMIN, ...headers },
      );
      return (body.value as { position: unknown }[])[0]?.position;
    };
    assert.deepEqual(await first(ENCODED), { $integer: "AAAAAAAAAAA=" });
    assert.deepEqual(await first("convex_json"), { $integer: "AAAAAAAAAAA=" });
    assert.equal(await first("json"), "0");
    assert.equal(await first("export_json"), 0);
    assert.equal(await first(), "0");
    assert.equal(await first(undefined, { "convex-client": "openagents-0.1.0" }), "0");
  });

  it("with an unknown format has committed when it is told so", async () => {
    const reply = await post(
      "/api/mutation",
      { path: "writerInternal:open", args: { epoch: int(5n) }, format: "xml" },
      ADMIN,
    );
    assert.deepEqual([reply.status, reply.body.code], [400, "BadFormat"]);
    assert.equal(
      (
        (await admin().query(
          internal.writerInternal.checkpoint as never,
          { stream: "run_summary" } as never,
        )) as { epoch: bigint }
      ).epoch,
      5n,
    );
  });

  it("takes arguments as an object or as an array of one, and integers only as such", async () => {
    const open = (args: unknown) =>
      post("/api/mutation", { path: "writerInternal:open", args, format: ENCODED }, ADMIN);
    assert.equal((await open({ epoch: int(5n) })).body.status, "success");
    assert.equal((await open([{ epoch: int(5n) }])).body.status, "success");
    assert.equal((await open({ epoch: 5 })).body.status, "error");
    assert.equal((await open({ epoch: { $integer: "BQ==" } })).body.status, "error");
    assert.equal((await open([{ epoch: int(5n) }, 1])).body.status, "error");
    assert.equal((await open({ epoch: int(5n), $more: 1 })).body.status, "error");
    assert.equal((await open([])).body.status, "error");
  });

  it("is refused with status 400 where it is not one", async () => {
    const call = { path: "writer:version", args: {} };
    const refused = async (body: unknown, headers: Record<string, string> = {}, path = "/api/query") => {
      const reply = await post(path, body, headers);
      return [reply.status, reply.body.code];
    };
    const bad = [400, "BadJsonBody"];
    assert.deepEqual(await refused(call, { "content-type": "text/plain" }), bad);
    assert.deepEqual(await refused("{"), bad);
    assert.deepEqual(await refused({ path: "writer:version" }), bad);
    assert.deepEqual(await refused({}, {}, "/api/query_batch"), bad);
    assert.deepEqual(
      await refused(`{"path":"writer:version","args":{"x":"${"y".repeat((16 << 20) + 2000)}"}}`),
      bad,
    );
    assert.deepEqual(await refused({ ...call, path: "a b:c" }), [400, "BadConvexFunctionIdentifier"]);
    assert.deepEqual(await refused({ ...call, path: "writer:" }), [400, "BadConvexFunctionIdentifier"]);
    assert.deepEqual(await refused(call, { "convex-client": "openagents" }), [400, "InvalidClientVersion"]);
    assert.deepEqual(await refused(call, {}, "/api/run/version"), [400, "MissingIdentifier"]);
    assert.deepEqual(await refused(call, {}, "/api/none"), [404, "NotFound"]);
  });

  it("asks for a query where there is one, and for a mutation likewise", async () => {
    await order("redact", { redact: false });
    const open = { path: "writerInternal:open", args: { epoch: int(5n) } };
    const asQuery = await post("/api/query", open, ADMIN);
    assert.match(String(asQuery.body.errorMessage), /as query, but it is defined as mutation/);
    const asMutation = await post("/api/mutation", { path: "writerInternal:version", args: {} }, ADMIN);
    assert.match(String(asMutation.body.errorMessage), /as mutation, but it is defined as query/);
  });

  it("may name the function in its path", async () => {
    const { body } = await post("/api/run/writerInternal/open", { args: { epoch: int(5n) } }, ADMIN);
    assert.equal((body.value as { position: string }[])[0]?.position, "0");
  });

  it("may ask several queries at once", async () => {
    const get = { path: "runs:get", args: { runId: "a" }, format: ENCODED };
    const { body } = await post(
      "/api/query_batch",
      { queries: [get, { ...get, path: "runs:none" }] },
      {
        authorization: `Bearer ${await issuer.client("user:42")}`,
      },
    );
    const results = body.results as { status: string; value: unknown }[];
    assert.deepEqual([results[0]?.value, results[1]?.status], [null, "error"]);
  });

  it("finds its request id in errors, and may be of any version", async () => {
    const headers = { "convex-request-id": "abc123", "convex-client": "openagents-0.1.0-SNAPSHOT" };
    const reply = await post("/api/query", { path: "writer:none", args: {} }, headers);
    assert.equal(reply.body.errorMessage, "[Request ID: abc123] Server Error");
    const { seen } = await order("seen");
    assert.deepEqual((seen as object[]).at(-1), {
      path: "writer:none",
      bytes: 32,
      client: "openagents-0.1.0-SNAPSHOT",
      requestId: "abc123",
      concurrent: 1,
    });
  });

  it("is bounded as the backend bounds it", async () => {
    await order("redact", { redact: false });
    const operations = Array.from({ length: 8193 }, () => 0);
    const many = await post("/api/mutation", { path: "writerInternal:apply", args: { operations } }, ADMIN);
    assert.match(String(many.body.errorMessage), /Array length is too long \(8193 > maximum length 8192\)/);
    const wide = Object.fromEntries(Array.from({ length: 1025 }, (_, index) => [`f${index}`, 0]));
    const fields = await post("/api/mutation", { path: "writerInternal:apply", args: wide }, ADMIN);
    assert.match(String(fields.body.errorMessage), /Object has too many fields/);
    const deep = JSON.parse(`${'{"a":'.repeat(70)}0${"}".repeat(70)}`) as object;
    assert.match(
      String(
        (await post("/api/mutation", { path: "writerInternal:apply", args: deep }, ADMIN)).body.errorMessage,
      ),
      /nested/,
    );
  });

  it("learns that a deployment is there", async () => {
    const answer = await fetch(`${url}/version`);
    assert.equal(answer.status, 200);
    assert.equal(await (await fetch(`${url}/instance_name`)).text(), "facade");
  });
});
