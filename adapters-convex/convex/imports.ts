import { v, type Infer, type ObjectType, type Value } from "convex/values";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { result, write, type Result } from "./batches.js";
import { bounded, enter, raise } from "./fence.js";
import { page } from "./pages.js";
import { fromDecimals, integer } from "./shape.js";
import { Shelf } from "./shelf.js";
import { DOCUMENTS, streamName, type Stream } from "./streams.js";

// An import of a snapshot knows no guard and no fence. It therefore lands in a table of its own, and
// what it brought goes among the documents from there, under both.

export const promoteArgs = {
  epoch: v.int64(),
  stream: streamName,
  generation: v.int64(),
  limit: v.int64(),
};

const counts = v.object({
  applied: v.int64(),
  skipped: v.int64(),
  stale: v.int64(),
  replaced: v.int64(),
  refused: v.int64(),
});

export const promoteReturns = v.object({
  promoted: v.int64(),
  bytes: v.int64(),
  counts,
  refused: v.array(result),
  done: v.boolean(),
});

/** Moves up to `limit` imported lines among the documents; names those that cannot go there. */
export async function promote(ctx: MutationCtx, args: ObjectType<typeof promoteArgs>) {
  const { epoch, stream, generation } = args;
  bounded(args.limit);
  await enter(ctx, epoch, stream, generation);

  const { rows: lines, bytes, last: done } = await staged(ctx, stream, Number(args.limit));
  const shelf = await Shelf.of(
    ctx,
    stream,
    lines.map((line) => line.documentId),
  );
  const tally: Infer<typeof counts> = { applied: 0n, skipped: 0n, stale: 0n, replaced: 0n, refused: 0n };
  const refused: Result[] = [];
  for (const line of lines) {
    const answer = await promoteLine(shelf, stream, generation, line);
    tally[answer.outcome] += 1n;
    if (answer.outcome === "refused") {
      refused.push(answer);
    }
    await ctx.db.delete("imported", line._id);
  }
  return { promoted: BigInt(lines.length), bytes: BigInt(bytes), counts: tally, refused, done };
}

async function promoteLine(
  shelf: Shelf,
  stream: Stream,
  generation: bigint,
  line: Doc<"imported">,
): Promise<Result> {
  const { documentId, hash } = line;
  const [seq, version, imported] = [line.seq, line.version, line.generation].map(integer);
  if (seq == null || version == null || imported == null) {
    return { documentId, outcome: "refused", reason: "seq, version or generation is not a decimal integer" };
  }
  if (imported !== generation) {
    return { documentId, outcome: "stale", reason: "the line is of another generation" };
  }
  const document: unknown = fromDecimals(DOCUMENTS[stream], line.document as Value);
  return write(shelf, stream, generation, { documentId, seq, version, hash, document });
}

export const discardArgs = { epoch: v.int64(), stream: streamName, limit: v.int64() };
export const discardReturns = v.object({ deleted: v.int64(), bytes: v.int64(), done: v.boolean() });

/** Forgets up to `limit` imported lines. */
export async function discard(ctx: MutationCtx, args: ObjectType<typeof discardArgs>) {
  bounded(args.limit);
  await raise(ctx, args.epoch);
  const { rows: lines, bytes, last: done } = await staged(ctx, args.stream, Number(args.limit));
  await Promise.all(lines.map((line) => ctx.db.delete("imported", line._id)));
  return { deleted: BigInt(lines.length), bytes: BigInt(bytes), done };
}

function staged(ctx: MutationCtx, stream: Stream, limit: number) {
  return page(
    ctx.db.query("imported").withIndex("by_stream", (q) => q.eq("stream", stream)),
    limit,
  );
}
