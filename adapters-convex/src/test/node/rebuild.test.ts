import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api } from "../../../convex/_generated/api.js";
import { deployment, refusal, writer, type Deployment } from "./deployment.js";
import { hashOf, removal, run, thread, upsert } from "./samples.js";

const RUNS = { epoch: 1n, stream: "run_summary" } as const;

describe("a generation", () => {
  it("is begun once, and the position stays", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.apply, { ...RUNS, generation: 0n, from: 0n, operations: [upsert(run("a"))] });
    const begun = { generation: 7n, position: 1n };
    assert.deepEqual(await w.mutation(api.writer.begin, { ...RUNS, generation: 7n }), begun);
    assert.deepEqual(await w.mutation(api.writer.begin, { ...RUNS, generation: 7n }), begun);
    const refused = await refusal(w.mutation(api.writer.begin, { ...RUNS, generation: 6n }));
    assert.deepEqual(refused, { code: "GENERATION", generation: 7n });
  });

  it("leaves documents readable until they are swept", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.apply, { ...RUNS, generation: 0n, from: 0n, operations: [upsert(run("a"))] });
    await w.mutation(api.writer.begin, { ...RUNS, generation: 1n });
    const documentIds = ["runtime/run_summary:a"];
    assert.equal((await w.query(api.writer.read, { stream: "run_summary", documentIds })).length, 1);
    await w.mutation(api.writer.sweep, { ...RUNS, generation: 1n, limit: 10n });
    assert.equal((await w.query(api.writer.read, { stream: "run_summary", documentIds })).length, 0);
  });

  it("is swept in pages, of documents and tombstones that were not written again, and of no other stream", async () => {
    const t = deployment();
    const w = writer(t);
    const operations = [1, 2, 3, 4, 5].map((index) => upsert(run(`r${index}`)));
    const deleted = [removal("runtime/run_summary:gone", 9n), removal("runtime/run_summary:back", 9n)];
    await w.mutation(api.writer.apply, {
      ...RUNS,
      generation: 0n,
      from: 0n,
      operations: [...operations, ...deleted],
    });
    const other = { ...RUNS, stream: "thread_summary", generation: 0n, from: 0n } as const;
    await w.mutation(api.writer.apply, {
      ...other,
      operations: [upsert(thread("t1")), removal("runtime/thread_summary:t2", 1n)],
    });
    await w.mutation(api.writer.begin, { ...RUNS, generation: 1n });
    await w.mutation(api.writer.apply, {
      ...RUNS,
      generation: 1n,
      from: 1n,
      operations: [operations[1]!, removal("runtime/run_summary:back", 9n)],
    });

    const sweep = { ...RUNS, generation: 1n, limit: 3n };
    const pages = [
      { deleted: 3n, done: false },
      { deleted: 2n, done: true },
      { deleted: 0n, done: true },
    ];
    for (const page of pages) {
      const { bytes, ...swept } = await w.mutation(api.writer.sweep, sweep);
      assert.deepEqual(swept, page);
      assert.equal(bytes > 100n * page.deleted, page.deleted > 0n);
    }
    assert.deepEqual(await left(t), [
      "runtime/run_summary:r2",
      "runtime/thread_summary:t1",
      "runtime/run_summary:back",
      "runtime/thread_summary:t2",
    ]);
  });

  it("is not swept by who works at another one, nor in a page of any size", async () => {
    const w = writer(deployment());
    await w.mutation(api.writer.begin, { ...RUNS, generation: 2n });
    for (const generation of [1n, 3n]) {
      const refused = await refusal(w.mutation(api.writer.sweep, { ...RUNS, generation, limit: 1n }));
      assert.deepEqual(refused, { code: "GENERATION", generation: 2n });
    }
    for (const limit of [0n, 501n]) {
      const refused = await refusal(w.mutation(api.writer.sweep, { ...RUNS, generation: 2n, limit }));
      assert.deepEqual(refused, { code: "BOUNDS", max: 500n });
    }
  });

  async function left(t: Deployment): Promise<string[]> {
    return t.run(async (ctx) => [
      ...(await ctx.db.query("runSummaries").take(10)).map((row) => row.documentId),
      ...(await ctx.db.query("threadSummaries").take(10)).map((row) => row.documentId),
      ...(await ctx.db.query("tombstones").take(10)).map((row) => row.documentId),
    ]);
  }
});

describe("imported lines", () => {
  type Line = {
    stream: string;
    documentId: string;
    seq: string;
    version: string;
    generation: string;
    hash: string;
    document: unknown;
  };

  function line(runId: string, seq: bigint, more: Partial<Line> = {}): Line {
    const document = JSON.parse(
      JSON.stringify(run(runId, { seq }), (_, value: unknown) =>
        typeof value === "bigint" ? value.toString() : value,
      ),
    ) as object;
    const documentId = `runtime/run_summary:${runId}`;
    return {
      stream: "run_summary",
      documentId,
      seq: `${seq}`,
      version: "1",
      generation: "1",
      hash: hashOf(""),
      document,
      ...more,
    };
  }

  async function staging(...lines: Line[]) {
    const t = deployment();
    const w = writer(t);
    await w.mutation(api.writer.apply, {
      ...RUNS,
      generation: 0n,
      from: 0n,
      operations: [upsert(run("old", { seq: 90n }))],
    });
    await w.mutation(api.writer.begin, { ...RUNS, generation: 1n });
    await w.mutation(api.writer.apply, {
      ...RUNS,
      generation: 1n,
      from: 1n,
      operations: [
        upsert(run("new", { seq: 9n })),
        upsert(run("same", { seq: 9n })),
        upsert(run("drift", { seq: 9n })),
      ],
    });
    await t.run(async (ctx) => {
      for (const staged of lines) {
        await ctx.db.insert("imported", staged);
      }
    });
    return { t, w };
  }

  const promotion = { ...RUNS, generation: 1n, limit: 500n };
  const none = { applied: 0n, skipped: 0n, stale: 0n, replaced: 0n, refused: 0n };

  it("go among the documents under the guard", async () => {
    const { t, w } = await staging(
      line("fresh", 9007199254740993n),
      line("old", 2n),
      line("new", 8n),
      line("same", 9n),
      line("drift", 9n, { hash: hashOf("other") }),
      line("late", 9n, { generation: "0" }),
      line("ahead", 9n, { generation: "2" }),
    );
    const { bytes, ...promoted } = await w.mutation(api.writer.promote, promotion);
    assert.ok(bytes > 7n * 100n, `${bytes}`);
    assert.deepEqual(promoted, {
      promoted: 7n,
      counts: { ...none, applied: 2n, skipped: 1n, stale: 3n, replaced: 1n },
      refused: [],
      done: true,
    });
    const documentIds = ["fresh", "old", "new", "late", "ahead"].map((id) => `runtime/run_summary:${id}`);
    const stored = await w.query(api.writer.read, { stream: "run_summary", documentIds });
    assert.deepEqual(
      stored.map(({ seq, generation }) => [seq, generation]),
      [
        [9007199254740993n, 1n],
        [2n, 1n],
        [9n, 1n],
      ],
    );
    assert.deepEqual(stored[0]?.document, run("fresh", { seq: 9007199254740993n }));
    assert.deepEqual(await t.run((ctx) => ctx.db.query("imported").take(1)), []);
  });

  it("that cannot be documents are named, and their neighbours go on", async () => {
    const { w } = await staging(
      line("a", 1n),
      line("b", 1n, { seq: "1.0" }),
      line("c", 1n, { version: "9223372036854775808" }),
      line("d", 1n, { generation: "-" }),
      line("e", 1n, { document: { ...(line("e", 1n).document as object), latestSeq: "01" } }),
      line("f", 1n, { document: "none" }),
      line("g", 1n),
    );
    const { counts, refused } = await w.mutation(api.writer.promote, promotion);
    assert.deepEqual(counts, { ...none, applied: 2n, refused: 5n });
    assert.deepEqual(
      refused.map(({ documentId, reason }) => [documentId.at(-1), reason]),
      [
        ["b", "seq, version or generation is not a decimal integer"],
        ["c", "seq, version or generation is not a decimal integer"],
        ["d", "seq, version or generation is not a decimal integer"],
        ["e", "document.latestSeq is not an int64"],
        ["f", "document is not an object"],
      ],
    );
  });

  it("are promoted in pages, under the fence and at the stream's generation", async () => {
    const { w } = await staging(line("a", 1n), line("b", 1n), line("c", 1n));
    const page = { ...promotion, limit: 2n };
    assert.equal((await w.mutation(api.writer.promote, page)).done, false);
    const { promoted, done } = await w.mutation(api.writer.promote, page);
    assert.deepEqual({ promoted, done }, { promoted: 1n, done: true });
    assert.deepEqual(await refusal(w.mutation(api.writer.promote, { ...page, generation: 2n })), {
      code: "GENERATION",
      generation: 1n,
    });
    assert.deepEqual(await refusal(w.mutation(api.writer.promote, { ...page, limit: 501n })), {
      code: "BOUNDS",
      max: 500n,
    });
  });

  it("are forgotten in pages, those of other streams not", async () => {
    const { t, w } = await staging(
      line("a", 1n),
      line("t", 1n, { stream: "thread_summary" }),
      line("b", 1n),
      line("c", 1n),
    );
    const page = { epoch: 1n, stream: "run_summary", limit: 2n } as const;
    const first = await w.mutation(api.writer.discard, page);
    assert.deepEqual([first.deleted, first.done, first.bytes > 200n], [2n, false, true]);
    const second = await w.mutation(api.writer.discard, page);
    assert.deepEqual([second.deleted, second.done, second.bytes > 100n], [1n, true, true]);
    assert.deepEqual(await refusal(w.mutation(api.writer.discard, { ...page, limit: 0n })), {
      code: "BOUNDS",
      max: 500n,
    });
    const left = await t.run((ctx) => ctx.db.query("imported").take(5));
    assert.deepEqual(
      left.map((row) => row.stream),
      ["thread_summary"],
    );
  });
});
