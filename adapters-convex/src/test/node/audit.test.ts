import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api } from "../../../convex/_generated/api.js";
import { deployment, refusal, writer } from "./deployment.js";
import { hashOf, removal, run, upsert } from "./samples.js";

const RUNS = { epoch: 1n, stream: "run_summary", generation: 0n } as const;

describe("the auditor", () => {
  it("reads documents as they were written, and what guards them", async () => {
    const w = writer(deployment());
    const a = run("a", { seq: 7n });
    await w.mutation(api.writer.apply, { ...RUNS, from: 0n, operations: [upsert(a), upsert(run("b"))] });
    const documentIds = ["runtime/run_summary:none", a.documentId];
    assert.deepEqual(await w.query(api.writer.read, { stream: "run_summary", documentIds }), [
      { documentId: a.documentId, seq: 7n, version: 1n, generation: 0n, hash: hashOf(""), document: a },
    ]);
  });

  it("walks over all documents of a stream in the order of their ids", async () => {
    const w = writer(deployment());
    const operations = ["c", "a", "e", "b", "d"].map((id) => upsert(run(id)));
    const gone = removal("runtime/run_summary:c", 9n);
    await w.mutation(api.writer.apply, { ...RUNS, from: 0n, operations: [...operations, gone] });
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: { documents: { documentId: string }[]; cursor: string | null } = await w.query(
        api.writer.list,
        {
          stream: "run_summary",
          cursor,
          limit: 3n,
        },
      );
      seen.push(...page.documents.map((row) => row.documentId.at(-1)!));
      cursor = page.cursor;
      pages++;
    } while (cursor !== null);
    assert.deepEqual(seen, ["a", "b", "d", "e"]);
    assert.equal(pages, 2);
  });

  it("asks for no more than five hundred", async () => {
    const w = writer(deployment());
    const bounds = { code: "BOUNDS", max: 500n };
    const documentIds = Array.from({ length: 501 }, (_, index) => `runtime/run_summary:${index}`);
    assert.deepEqual(await refusal(w.query(api.writer.read, { stream: "run_summary", documentIds })), bounds);
    assert.deepEqual(
      await refusal(w.query(api.writer.read, { stream: "run_summary", documentIds: [] })),
      bounds,
    );
    assert.deepEqual(
      await refusal(w.query(api.writer.list, { stream: "run_summary", cursor: null, limit: 501n })),
      bounds,
    );
  });
});
