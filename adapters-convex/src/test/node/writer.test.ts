import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, internal } from "../../../convex/_generated/api.js";
import { deployment, refusal, writer } from "./deployment.js";
import { hashOf, removal, run, thread, timeline, upsert } from "./samples.js";

const RUNS = { epoch: 1n, stream: "run_summary", generation: 0n } as const;

type Operation = ReturnType<typeof upsert> | ReturnType<typeof removal>;

async function outcomes(
  w: ReturnType<typeof writer>,
  from: bigint,
  operations: Operation[],
  place: object = {},
) {
  const { results } = await w.mutation(api.writer.apply, { ...RUNS, from, operations, ...place });
  return results.map((result) => result.outcome);
}

describe("the epoch", () => {
  it("is raised by opening, which says where every stream stands", async () => {
    const w = writer(deployment());
    assert.deepEqual(await w.mutation(api.writer.open, { epoch: 4n }), [
      { stream: "run_summary", generation: 0n, position: 0n },
      { stream: "thread_summary", generation: 0n, position: 0n },
      { stream: "timeline_slice", generation: 0n, position: 0n },
    ]);
    const checkpoint = await w.query(api.writer.checkpoint, { stream: "run_summary" });
    assert.deepEqual(checkpoint, { epoch: 4n, generation: 0n, position: 0n });
  });

  it("is never lowered, by no function", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.open, { epoch: 4n });
    const stale = { epoch: 3n, stream: "run_summary", generation: 0n, limit: 1n } as const;
    const { limit: _limit, ...begun } = stale;
    const { generation: _generation, ...discarded } = stale;
    const fenced = { code: "FENCED", epoch: 4n };
    const batch = { ...begun, from: 0n, operations: [upsert(run("a"))] };

    assert.deepEqual(await refusal(w.mutation(api.writer.open, { epoch: 3n })), fenced);
    assert.deepEqual(await refusal(w.mutation(api.writer.apply, batch)), fenced);
    assert.deepEqual(await refusal(w.mutation(api.writer.begin, begun)), fenced);
    assert.deepEqual(await refusal(w.mutation(api.writer.sweep, stale)), fenced);
    assert.deepEqual(await refusal(w.mutation(api.writer.promote, stale)), fenced);
    assert.deepEqual(await refusal(w.mutation(api.writer.discard, discarded)), fenced);
    assert.deepEqual(
      await w.query(api.writer.read, {
        stream: "run_summary",
        documentIds: [batch.operations[0]!.documentId],
      }),
      [],
    );
  });

  it("starts at one", async () => {
    const refused = await refusal(writer(deployment()).mutation(api.writer.open, { epoch: 0n }));
    assert.deepEqual(refused, { code: "FENCED", epoch: 0n });
  });

  it("is raised by a batch of a newer writer", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.open, { epoch: 4n });
    await outcomes(w, 0n, [upsert(run("a"))], { epoch: 5n });
    assert.deepEqual(await refusal(outcomes(w, 1n, [upsert(run("b"))], { epoch: 4n })), {
      code: "FENCED",
      epoch: 5n,
    });
  });
});

describe("a deployment", () => {
  it("is claimed by the first log that comes, and refuses every other one", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.claim, { log: "" });
    await w.mutation(api.writer.claim, { log: "a" });
    await w.mutation(api.writer.claim, { log: "a" });
    const foreign = { code: "FOREIGN", log: "a" };
    assert.deepEqual(await refusal(w.mutation(api.writer.claim, { log: "b" })), foreign);
    assert.deepEqual(await refusal(w.mutation(api.writer.claim, { log: "" })), foreign);
    const { epoch } = await w.query(api.writer.checkpoint, { stream: "run_summary" });
    assert.equal(epoch, 0n);
  });

  it("stays claimed whatever epochs come", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.open, { epoch: 1n });
    await w.mutation(api.writer.claim, { log: "a" });
    await w.mutation(api.writer.open, { epoch: 2n });
    await outcomes(w, 0n, [upsert(run("a"))], { epoch: 3n });
    assert.deepEqual(await refusal(w.mutation(api.writer.claim, { log: "b" })), {
      code: "FOREIGN",
      log: "a",
    });
  });

  it("is let go by a person, and keeps its epoch", async () => {
    const there = deployment();
    const w = writer(there);
    await there.mutation(internal.writerInternal.disown, {});
    await w.mutation(api.writer.claim, { log: "a" });
    await w.mutation(api.writer.open, { epoch: 4n });
    await there.mutation(internal.writerInternal.disown, {});
    await w.mutation(api.writer.claim, { log: "b" });
    assert.deepEqual(await refusal(w.mutation(api.writer.open, { epoch: 3n })), {
      code: "FENCED",
      epoch: 4n,
    });
  });
});

describe("a batch", () => {
  it("moves its stream by one, and no other stream", async () => {
    const w = writer(deployment());
    const { position } = await w.mutation(api.writer.apply, {
      ...RUNS,
      from: 0n,
      operations: [upsert(run("a")), upsert(run("b"))],
    });
    assert.equal(position, 1n);
    const places = await w.mutation(api.writer.open, { epoch: 1n });
    assert.deepEqual(
      places.map((place) => place.position),
      [1n, 0n, 0n],
    );
  });

  it("is refused where the stream stands elsewhere, and writes nothing", async () => {
    const w = writer(deployment());
    await outcomes(w, 0n, [upsert(run("a"))]);
    for (const from of [0n, 2n]) {
      assert.deepEqual(await refusal(outcomes(w, from, [upsert(run("b"))])), { code: "GAP", position: 1n });
    }
    assert.deepEqual(
      await w.query(api.writer.read, { stream: "run_summary", documentIds: ["runtime/run_summary:b"] }),
      [],
    );
  });

  it("is refused at another generation, lower or higher", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.begin, { ...RUNS, generation: 2n });
    for (const generation of [1n, 3n]) {
      const refused = await refusal(outcomes(w, 0n, [upsert(run("a"))], { generation }));
      assert.deepEqual(refused, { code: "GENERATION", generation: 2n });
    }
  });

  it("holds one operation at least and five hundred at most", async () => {
    const w = writer(deployment());
    const many = Array.from({ length: 501 }, (_, index) => upsert(run(`r${index}`)));
    assert.deepEqual(await refusal(outcomes(w, 0n, [])), { code: "BOUNDS", max: 500n });
    assert.deepEqual(await refusal(outcomes(w, 0n, many)), { code: "BOUNDS", max: 500n });
    const written = await outcomes(w, 0n, many.slice(1));
    assert.ok(written.every((outcome) => outcome === "applied"));
  });

  it("takes documents of every stream", async () => {
    const w = writer(deployment());
    assert.deepEqual(await outcomes(w, 0n, [upsert(run("a", { owner: "guest:g-1" }))]), ["applied"]);
    assert.deepEqual(await outcomes(w, 0n, [upsert(thread("t1"))], { stream: "thread_summary" }), [
      "applied",
    ]);
    assert.deepEqual(await outcomes(w, 0n, [upsert(timeline("a"))], { stream: "timeline_slice" }), [
      "applied",
    ]);
  });

  it("may name a document more than once", async () => {
    const w = writer(deployment());
    const operations = [
      upsert(run("a", { seq: 3n })),
      upsert(run("a", { seq: 4n, status: "waiting" })),
      upsert(run("a", { seq: 3n })),
      removal("runtime/run_summary:a", 5n),
      upsert(run("a", { seq: 4n })),
      upsert(run("a", { seq: 6n })),
    ];
    assert.deepEqual(await outcomes(w, 0n, operations), [
      "applied",
      "applied",
      "stale",
      "applied",
      "stale",
      "applied",
    ]);
    const stored = await w.query(api.writer.read, {
      stream: "run_summary",
      documentIds: ["runtime/run_summary:a"],
    });
    assert.deepEqual(
      stored.map((row) => row.seq),
      [6n],
    );
  });
});

describe("the guard", () => {
  const at = (seq: bigint, version: bigint, hash = "") => upsert(run("a", { seq, version }), hashOf(hash));
  const gone = (seq: bigint, version: bigint) => removal("runtime/run_summary:a", seq, version);
  const table: [string, Operation, Operation, string][] = [
    ["a later sequence is written", at(3n, 1n), at(4n, 1n), "applied"],
    ["an earlier sequence is stale", at(3n, 1n), at(2n, 1n), "stale"],
    ["an earlier sequence is stale at a later version too", at(3n, 1n), at(2n, 2n), "stale"],
    ["a later sequence is written at an earlier version too", at(3n, 2n), at(4n, 1n), "applied"],
    ["a later version of the same sequence is written", at(3n, 1n), at(3n, 2n), "applied"],
    ["an earlier version of the same sequence is stale", at(3n, 2n), at(3n, 1n), "stale"],
    ["the same again is skipped", at(3n, 1n), at(3n, 1n), "skipped"],
    ["the same with another hash is drift, and written", at(3n, 1n), at(3n, 1n, "other"), "replaced"],
    ["a deletion at the same place wins", at(3n, 1n), gone(3n, 1n), "applied"],
    ["a later deletion wins", at(3n, 1n), gone(4n, 1n), "applied"],
    ["an earlier deletion is stale", at(3n, 1n), gone(2n, 1n), "stale"],
    ["a deletion holds against the same place", gone(3n, 1n), at(3n, 1n), "stale"],
    ["a deletion holds against an earlier place", gone(3n, 1n), at(2n, 9n), "stale"],
    ["a deletion gives way to a later place", gone(3n, 1n), at(4n, 1n), "applied"],
    ["a deletion again is skipped", gone(3n, 1n), gone(3n, 1n), "skipped"],
    ["a later deletion of what is gone is kept", gone(3n, 1n), gone(4n, 1n), "applied"],
    ["an earlier deletion of what is gone is stale", gone(3n, 1n), gone(2n, 1n), "stale"],
  ];
  for (const [sentence, present, incoming, expected] of table) {
    it(sentence, async () => {
      const t = deployment();
      const w = writer(t);
      await outcomes(w, 0n, [present]);
      assert.deepEqual(await outcomes(w, 1n, [incoming]), [expected]);

      const standing = ["applied", "replaced"].includes(expected) ? incoming : present;
      const rows = await t.run(async (ctx) => [
        ...(await ctx.db.query("runSummaries").take(2)).map(({ seq, version, hash }) => ({
          seq,
          version,
          hash,
        })),
        ...(await ctx.db.query("tombstones").take(2)).map(({ seq, version }) => ({
          seq,
          version,
          hash: null,
        })),
      ]);
      const hash = standing.kind === "upsert" ? standing.hash : null;
      assert.deepEqual(rows, [{ seq: standing.seq, version: standing.version, hash }]);
    });
  }

  it("puts the generation above the sequence", async () => {
    const w = writer(deployment());
    await outcomes(w, 0n, [at(9n, 9n), upsert(run("b", { seq: 9n }))]);
    await w.mutation(api.writer.begin, { ...RUNS, generation: 1n });
    const written = await outcomes(w, 1n, [at(2n, 1n), removal("runtime/run_summary:b", 1n)], {
      generation: 1n,
    });
    assert.deepEqual(written, ["applied", "applied"]);
    const [stored] = await w.query(api.writer.read, {
      stream: "run_summary",
      documentIds: ["runtime/run_summary:a"],
    });
    assert.deepEqual([stored?.generation, stored?.seq], [1n, 2n]);
  });

  it("takes sequences beyond what a double holds exactly", async () => {
    const w = writer(deployment());
    const largest = 9223372036854775807n;
    await outcomes(w, 0n, [at(largest - 1n, 1n)]);
    assert.deepEqual(await outcomes(w, 1n, [at(largest - 2n, 1n), at(largest, 1n)]), ["stale", "applied"]);
  });
});

describe("a document that cannot be one", () => {
  const good = run("a");
  const bad: [string, Operation, RegExp][] = [
    ["of another stream", { ...upsert(good), documentId: "runtime/thread_summary:a" }, /another stream/],
    ["removed from another stream", removal("runtime/thread_summary:a", 3n), /another stream/],
    ["with a hash that is none", upsert(good, "sha256:0"), /hash/],
    ["with another's id", { ...upsert(good), documentId: "runtime/run_summary:b" }, /documentId is another/],
    ["at another sequence", { ...upsert(good), seq: 4n }, /sequence or version/],
    ["at another version", { ...upsert(good), version: 4n }, /sequence or version/],
    ["of another owner than it says", upsert({ ...good, owner: "user:43" }), /owner/],
    ["of two owners", upsert({ ...good, ownerGuestScope: "g-1" }), /owner/],
    ["of nobody", upsert(run("a", { owner: "user:" })), /owner/],
    [
      "with a number for an integer",
      upsert({ ...good, latestSeq: 3 as unknown as bigint }),
      /latestSeq is not an int64/,
    ],
    [
      "with an integer for a text",
      upsert({ ...good, agent: 3n as unknown as string }),
      /agent is not a string/,
    ],
    ["without a field", upsert({ ...good, agent: undefined as unknown as string }), /agent is missing/],
    ["with a field too many", upsert({ ...good, more: 1n } as typeof good), /more is not a field/],
    ["of another kind", upsert({ ...good, kind: "other" as "run_summary" }), /kind is not run_summary/],
    ["that is too large", upsert({ ...good, agent: "x".repeat(1 << 20) }), /bytes/],
  ];
  for (const [sentence, operation, reason] of bad) {
    it(`${sentence} is refused, and its neighbours are written`, async () => {
      const w = writer(deployment());
      const operations = [upsert(run("before")), operation, upsert(run("after"))];
      const { results, position } = await w.mutation(api.writer.apply, { ...RUNS, from: 0n, operations });
      assert.deepEqual(
        results.map((result) => result.outcome),
        ["applied", "refused", "applied"],
      );
      assert.match(results[1]?.reason ?? "", reason);
      assert.equal(position, 1n);
    });
  }

  it("is refused where an entry of a list is wrong", async () => {
    const slice = timeline("a");
    const entries = [slice.entries[0]!, { ...slice.entries[1]!, at: 5 as unknown as string }];
    const { results } = await writer(deployment()).mutation(api.writer.apply, {
      ...RUNS,
      stream: "timeline_slice",
      from: 0n,
      operations: [upsert({ ...slice, entries }), upsert({ ...slice, entries: "none" as unknown as [] })],
    });
    assert.deepEqual(
      results.map((result) => result.reason),
      ["document.entries[1].at is not a string", "document.entries is not an array"],
    );
  });
});
