import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, it } from "node:test";
import { api } from "../../../convex/_generated/api.js";
import { ADMIN_KEY, dataOf, int, issuer, order, post, writer } from "./running.js";
import { run, upsert } from "./samples.js";

const RUNS = { epoch: 1n, stream: "run_summary", generation: 0n } as const;
const ADMIN = { authorization: `Convex ${ADMIN_KEY}` };

afterEach(() => order("reset"));

describe("an import", () => {
  const line = (documentId: string) =>
    JSON.stringify({
      stream: "run_summary",
      documentId,
      seq: "3",
      version: "1",
      generation: "0",
      hash: "h",
      document: {},
    });
  const load = (mode: string, ...lines: string[]) =>
    post(`/api/import?tableName=imported&format=jsonLines&mode=${mode}`, lines.join("\n"), ADMIN);

  it("adds or replaces the rows of one table", async () => {
    assert.deepEqual(await load("requireEmpty", line("a"), line("b")), {
      status: 200,
      body: { numWritten: 2 },
    });
    assert.deepEqual((await load("requireEmpty", line("a"))).body.code, "TableExists");
    await load("append", line("c"));
    const rows = async () =>
      (
        (await post("/api/list_snapshot", { tableName: "imported" }, ADMIN)).body.values as {
          documentId: string;
        }[]
      ).map((row) => row.documentId);
    assert.deepEqual(await rows(), ["a", "b", "c"]);
    await load("replace", line("d"));
    assert.deepEqual(await rows(), ["d"]);
  });

  it("is whole or not at all, and asks for the table's fields", async () => {
    const reply = await load("append", line("a"), line("b").replace('"seq":"3"', '"seq":3'));
    assert.deepEqual([reply.status, reply.body.code], [400, "ImportFailed"]);
    const { body } = await post("/api/list_snapshot", { tableName: "imported" }, ADMIN);
    assert.deepEqual(body.values, []);
    assert.equal((await post("/api/import?tableName=imported&format=zip", "", ADMIN)).status, 400);
    assert.equal((await post("/api/import?format=jsonLines", "", ADMIN)).body.code, "InvalidName");
    assert.equal(
      (await post("/api/import?tableName=none&format=jsonLines", "", ADMIN)).body.code,
      "ImportInvalidName",
    );
  });

  it("is listed in pages", async () => {
    await load("append", ...Array.from({ length: 130 }, (_, index) => line(`d${index}`)));
    const first = (await post("/api/list_snapshot", { tableName: "imported", format: "json" }, ADMIN)).body;
    const second = (await post("/api/list_snapshot", { tableName: "imported", cursor: first.cursor }, ADMIN))
      .body;
    assert.deepEqual(
      [(first.values as []).length, first.hasMore, (second.values as []).length, second.hasMore],
      [128, true, 2, false],
    );
  });
});

describe("what goes wrong by order", () => {
  const batch = (from: bigint) => ({ ...RUNS, from, operations: [upsert(run(`r${from}`))] });
  const position = async () =>
    (await (await writer()).query(api.writer.checkpoint, { stream: "run_summary" })).position;

  it("is a status, so many times, for the function that is named", async () => {
    await order("fault", {
      status: 503,
      code: "OptimisticConcurrencyControlFailure",
      times: 2,
      path: "writer:apply",
    });
    const w = await writer();
    await w.query(api.writer.version, {});
    for (let time = 0; time < 2; time++) {
      await assert.rejects(w.mutation(api.writer.apply, batch(0n)), /OptimisticConcurrencyControlFailure/);
    }
    assert.equal(await position(), 0n);
    assert.equal((await w.mutation(api.writer.apply, batch(0n))).position, 1n);
  });

  it("is a cut before or after the commit", async () => {
    const w = await writer();
    await order("fault", { cut: "before", path: "writer:apply" });
    await assert.rejects(w.mutation(api.writer.apply, batch(0n)), /fetch failed/);
    assert.equal(await position(), 0n);
    await order("fault", { cut: "after", path: "writer:apply" });
    await assert.rejects(w.mutation(api.writer.apply, batch(0n)), /fetch failed/);
    assert.equal(await position(), 1n);
  });

  it("is a wait that somebody ends, in which others go on", async () => {
    const w = await writer();
    await order("fault", { hold: true, path: "writer:apply" });
    const held = w.mutation(api.writer.apply, batch(0n));
    while ((await order("seen")).holding !== 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await (await writer()).mutation(api.writer.open, { epoch: 2n });
    await order("release");
    assert.deepEqual(await dataOf(held), { code: "FENCED", epoch: 2n });
    const seen = (await order("seen")).seen as { path: string; refused?: string }[];
    assert.deepEqual(
      seen.map(({ path, refused }) => [path, refused]),
      [
        ["writer:apply", "FENCED"],
        ["writer:open", undefined],
      ],
    );
  });

  it("is a deployment that is away, and comes back with what it had", async () => {
    const w = await writer();
    await w.mutation(api.writer.apply, batch(0n));
    await order("down");
    await assert.rejects(w.mutation(api.writer.apply, batch(1n)), /fetch failed/);
    await order("up");
    assert.equal(await position(), 1n);
    await order("reset");
    assert.equal(await position(), 0n);
  });

  it("is a limit on what is written in a second", async () => {
    await order("limit", { bytesPerSecond: 1000 });
    const w = await writer();
    await w.mutation(api.writer.apply, batch(0n));
    await assert.rejects(w.mutation(api.writer.apply, batch(1n)), /TooManyWrites/);
    await order("limit", { bytesPerSecond: null });
    await w.mutation(api.writer.apply, batch(1n));
  });

  it("is a limit on documents, for which a batch fails", async () => {
    const w = await writer();
    await order("largest", { bytes: 100 });
    await assert.rejects(w.mutation(api.writer.apply, batch(0n)), /Server Error/);
    await order("largest", { bytes: null });
    await w.mutation(api.writer.apply, batch(0n));
  });

  it("is a document that somebody put there", async () => {
    const w = await writer();
    await w.mutation(api.writer.apply, batch(0n));
    const [from, as] = [run("r0").documentId, run("r1").documentId];
    await order("copy", { table: "runSummaries", documentId: from, as });
    const page = await w.query(api.writer.list, { stream: "run_summary", cursor: null, limit: 5n });
    assert.deepEqual(
      page.documents.map((row) => row.documentId),
      [from, as],
    );
    await assert.rejects(order("copy", { table: "runSummaries", documentId: "none", as }), /nothing to copy/);
  });

  it("is a document that somebody changed or deleted", async () => {
    const w = await writer();
    const { documentId } = run("r0");
    await w.mutation(api.writer.apply, batch(0n));
    await order("tamper", { table: "runSummaries", documentId, set: { status: "failed", seq: int(9n) } });
    const read = () => w.query(api.writer.read, { stream: "run_summary", documentIds: [documentId] });
    assert.deepEqual(
      (await read()).map((row) => [row.seq, (row.document as { status: string }).status]),
      [[9n, "failed"]],
    );
    await order("tamper", { table: "runSummaries", documentId, set: null });
    assert.deepEqual(await read(), []);
  });

  it("is no order that is unknown", async () => {
    await assert.rejects(order("nothing"), /no such deed/);
  });
});

describe("a deployment's keys", () => {
  it("may be at a URL, which answers with the right type", async () => {
    let type = "application/json; charset=utf-8";
    const keys = createServer((_, response) =>
      response.writeHead(200, { "content-type": type }).end(JSON.stringify({ keys: [issuer.jwk] })),
    );
    await new Promise<void>((resolve) => keys.listen(0, "127.0.0.1", resolve));
    const process_ = await started({
      OA_TOKEN_JWKS: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json`,
    });
    try {
      const asked = async () =>
        (
          await fetch(`http://127.0.0.1:${process_.port}/api/query`, {
            method: "POST",
            headers: { "content-type": "application/json", authorization: `Bearer ${await issuer.writer()}` },
            body: JSON.stringify({ path: "writer:version", args: {} }),
          })
        ).status;
      assert.equal(await asked(), 200);
      type = "text/plain";
      assert.equal(await asked(), 401);
    } finally {
      keys.close();
      await process_.end();
    }
  });

  it("and all else of its environment must be set", async () => {
    await assert.rejects(started({ OA_CONVEX_WRITER_AUDIENCE: "" }), /set OA_CONVEX_WRITER_AUDIENCE with/);
  });
});

/** The façade as a process of its own, as tests in Java start it. */
async function started(environment: Record<string, string>) {
  const child = spawn(process.execPath, [new URL("facade.js", import.meta.url).pathname], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const line = await Promise.race([
    new Promise<string>((resolve) => child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()))),
    exited.then(() => ""),
  ]);
  if (line === "") {
    throw new Error(complaint);
  }
  const end = async () => {
    child.stdin.end();
    assert.equal(await exited, 0);
  };
  return { ...(JSON.parse(line) as { port: number; control: number }), end };
}
