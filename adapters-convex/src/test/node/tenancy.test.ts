import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeFunctionReference, type DefaultFunctionArgs } from "convex/server";
import { api } from "../../../convex/_generated/api.js";
import { client, deployment, refusal, SCOPES, writer } from "./deployment.js";
import { registered } from "./functions.js";
import { run, thread, timeline, upsert } from "./samples.js";

const PAGE = { paginationOpts: { numItems: 10, cursor: null } };
const OWNERS = ["user:42", "user:4", "guest:g-42"];

/** Everyone has run r1-<owner>, r2-<owner> and a thread; all runs are in thread "t". */
async function populated() {
  const t = deployment();
  const w = writer(t);
  const place = { epoch: 1n, generation: 0n, from: 0n };
  const each = OWNERS.map((owner) => ({ owner, threadId: "t" }));
  await w.mutation(api.writer.apply, {
    ...place,
    stream: "run_summary",
    operations: each.flatMap((of) => [
      upsert(run(`r1-${of.owner}`, { ...of, seq: 5n })),
      upsert(run(`r2-${of.owner}`, { ...of, seq: 6n })),
    ]),
  });
  await w.mutation(api.writer.apply, {
    ...place,
    stream: "thread_summary",
    operations: each.map((of) => upsert(thread(`t-${of.owner}`, of))),
  });
  await w.mutation(api.writer.apply, {
    ...place,
    stream: "timeline_slice",
    operations: each.map((of) => upsert(timeline(`r1-${of.owner}`, of))),
  });
  return t;
}

describe("a client", () => {
  for (const owner of OWNERS) {
    it(`sees what ${owner} has and nothing else`, async () => {
      const me = client(await populated(), owner);
      const runs = [`r2-${owner}`, `r1-${owner}`];
      assert.deepEqual(
        (await me.query(api.runs.mine, PAGE)).page.map((row) => row.runId),
        runs,
      );
      assert.deepEqual(
        (await me.query(api.runs.ofThread, { threadId: "t", ...PAGE })).page.map((row) => row.runId),
        runs,
      );
      assert.deepEqual((await me.query(api.runs.ofThread, { threadId: "other", ...PAGE })).page, []);
      assert.deepEqual(
        (await me.query(api.threads.mine, PAGE)).page.map((row) => row.threadId),
        [`t-${owner}`],
      );
    });
  }

  it("gets another's documents as if there were none", async () => {
    const me = client(await populated(), "user:42");
    for (const other of ["user:4", "guest:g-42", "nobody"]) {
      assert.equal(await me.query(api.runs.get, { runId: `r1-${other}` }), null);
      assert.equal(await me.query(api.threads.get, { threadId: `t-${other}` }), null);
      assert.equal(await me.query(api.timelines.get, { runId: `r1-${other}` }), null);
    }
  });

  it("gets its documents without what guards them", async () => {
    const me = client(await populated(), "user:42");
    const of = { owner: "user:42", threadId: "t" };
    assert.deepEqual(
      await me.query(api.runs.get, { runId: "r1-user:42" }),
      run("r1-user:42", { ...of, seq: 5n }),
    );
    assert.deepEqual(await me.query(api.threads.get, { threadId: "t-user:42" }), thread("t-user:42", of));
    assert.deepEqual(await me.query(api.timelines.get, { runId: "r1-user:42" }), timeline("r1-user:42", of));
    assert.deepEqual((await me.query(api.runs.mine, PAGE)).page[1], run("r1-user:42", { ...of, seq: 5n }));
    assert.deepEqual((await me.query(api.threads.mine, PAGE)).page[0], thread("t-user:42", of));
  });

  it("gets long lists in pages", async () => {
    const me = client(await populated(), "user:42");
    const first = await me.query(api.runs.mine, { paginationOpts: { numItems: 1, cursor: null } });
    const second = await me.query(api.runs.mine, {
      paginationOpts: { numItems: 1, cursor: first.continueCursor },
    });
    assert.deepEqual(
      [...first.page, ...second.page].map((row) => row.runId),
      ["r2-user:42", "r1-user:42"],
    );
  });
});

const READS: [string, DefaultFunctionArgs, string][] = [
  ["runs:mine", PAGE, "runtime.run_summaries"],
  ["runs:ofThread", { threadId: "t", ...PAGE }, "runtime.run_summaries"],
  ["runs:get", { runId: "r1-user:42" }, "runtime.run_summaries"],
  ["threads:mine", PAGE, "runtime.thread_summaries"],
  ["threads:get", { threadId: "t-user:42" }, "runtime.thread_summaries"],
  ["timelines:get", { runId: "r1-user:42" }, "runtime.timeline_slices"],
];

describe("a client's query", () => {
  for (const [path, args, scope] of READS) {
    const reference = makeFunctionReference<"query", DefaultFunctionArgs, unknown>(path);
    it(`${path} asks for a client's token with its scope`, async () => {
      const t = await populated();
      const others = SCOPES.split(" ")
        .filter((name) => name !== scope)
        .join(" ");
      const forbidden = { code: "FORBIDDEN" };
      assert.deepEqual(await refusal(t.query(reference, args)), { code: "UNAUTHENTICATED" });
      assert.deepEqual(await refusal(client(t, "user:42", { scope: others }).query(reference, args)), {
        code: "FORBIDDEN",
        scope,
      });
      assert.deepEqual(await refusal(client(t, "user:42", { scope: undefined }).query(reference, args)), {
        code: "FORBIDDEN",
        scope,
      });
      assert.deepEqual(await refusal(client(t, "user:42", { scope: `${scope}x` }).query(reference, args)), {
        code: "FORBIDDEN",
        scope,
      });
      assert.deepEqual(
        await refusal(client(t, "user:42", { issuer: "https://other.example" }).query(reference, args)),
        forbidden,
      );
      assert.deepEqual(
        await refusal(
          client(t, "user:42", { oa_claims_version: "oa_convex_writer_v1" }).query(reference, args),
        ),
        forbidden,
      );
      assert.deepEqual(
        await refusal(client(t, "user:42", { oa_claims_version: undefined }).query(reference, args)),
        forbidden,
      );
      for (const subject of [
        "service:projector",
        "42",
        "user:",
        "user:042",
        "guest:",
        "admin:1",
        "user:42\n",
      ]) {
        assert.deepEqual(await refusal(client(t, subject).query(reference, args)), forbidden);
      }
      assert.deepEqual(await refusal(writer(t, { scope: SCOPES }).query(reference, args)), forbidden);
      await client(t, "user:42", { scope }).query(reference, args);
    });
  }
});

/** For people with the admin key. */
const NOBODYS = ["mutation disown"];

const PLACE = { epoch: 1n, stream: "run_summary", generation: 0n };
const WRITES: Record<string, DefaultFunctionArgs> = {
  version: {},
  claim: { log: "a" },
  open: { epoch: 1n },
  checkpoint: { stream: "run_summary" },
  apply: { ...PLACE, from: 0n, operations: [upsert(run("a"))] },
  begin: PLACE,
  sweep: { ...PLACE, limit: 1n },
  promote: { ...PLACE, limit: 1n },
  discard: { epoch: 1n, stream: "run_summary", limit: 1n },
  read: { stream: "run_summary", documentIds: ["runtime/run_summary:a"] },
  list: { stream: "run_summary", cursor: null, limit: 1n },
};

describe("the writer's functions", () => {
  it("are the only ones that write, and each has a twin for the admin key", async () => {
    const functions = [...(await registered()).values()];
    const named = (module: string, internal: boolean) =>
      functions
        .filter((fn) => fn.path.startsWith(`${module}:`) && fn.internal === internal)
        .map((fn) => `${fn.kind} ${fn.path.split(":")[1]}`);
    const writers = named("writer", false);
    assert.deepEqual(writers.map((name) => name.split(" ")[1]).sort(), Object.keys(WRITES).sort());
    assert.deepEqual(named("writerInternal", true).sort(), [...writers, ...NOBODYS].sort());
    assert.equal(named("writer", true).length + named("writerInternal", false).length, 0);
    const others = functions.filter((fn) => !/^writer(Internal)?:/.test(fn.path));
    assert.deepEqual(others.map((fn) => fn.path).sort(), READS.map(([path]) => path).sort());
    assert.ok(others.every((fn) => fn.kind === "query"));
  });

  for (const [name, args] of Object.entries(WRITES)) {
    it(`${name} is refused to everyone but the projector`, async () => {
      const t = deployment();
      const kind = (await registered()).get(`writer:${name}`)!.kind;
      const call = (caller: ReturnType<typeof client> | typeof t, path: string): Promise<unknown> =>
        kind === "query"
          ? caller.query(makeFunctionReference<"query", DefaultFunctionArgs, unknown>(path), args)
          : caller.mutation(makeFunctionReference<"mutation", DefaultFunctionArgs, unknown>(path), args);
      const path = `writer:${name}`;
      const forbidden = { code: "FORBIDDEN" };
      assert.deepEqual(await refusal(call(t, path)), { code: "UNAUTHENTICATED" });
      assert.deepEqual(await refusal(call(client(t, "user:42"), path)), forbidden);
      assert.deepEqual(await refusal(call(client(t, "service:projector"), path)), forbidden);
      assert.deepEqual(await refusal(call(writer(t, { subject: "user:42" }), path)), forbidden);
      assert.deepEqual(await refusal(call(writer(t, { subject: "service:other" }), path)), forbidden);
      assert.deepEqual(await refusal(call(writer(t, { issuer: "https://other.example" }), path)), forbidden);
      assert.deepEqual(await refusal(call(writer(t, { oa_claims_version: "" }), path)), forbidden);

      assert.deepEqual(await call(writer(t), path), await call(deployment(), `writerInternal:${name}`));
    });
  }

  it("refuse everyone while no issuer is set", async () => {
    const t = deployment();
    const issuer = process.env.OA_TOKEN_ISSUER;
    try {
      for (const unset of [undefined, ""]) {
        if (unset === undefined) {
          delete process.env.OA_TOKEN_ISSUER;
        } else {
          process.env.OA_TOKEN_ISSUER = unset;
        }
        assert.deepEqual(await refusal(writer(t, { issuer: "" }).query(api.writer.version, {})), {
          code: "FORBIDDEN",
        });
      }
    } finally {
      process.env.OA_TOKEN_ISSUER = issuer;
    }
  });

  it("take the issuer with or without a slash at its end, as the backend does", async () => {
    const answer = await writer(deployment(), { issuer: "https://runtime.example/" }).query(
      api.writer.version,
      {},
    );
    assert.deepEqual(answer, { protocol: 1, functions: "1.2.0" });
  });
});
