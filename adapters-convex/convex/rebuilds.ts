import { ConvexError, v, type ObjectType } from "convex/values";
import type { MutationCtx } from "./_generated/server.js";
import { bounded, enter, move, place, raise } from "./fence.js";
import { page } from "./pages.js";
import { streamName, tableOf } from "./streams.js";

// A rebuild raises the generation, writes every document again, and then removes what was not
// written. Clients read what is there all the while.

export const beginArgs = { epoch: v.int64(), stream: streamName, generation: v.int64() };
export const beginReturns = v.object({ generation: v.int64(), position: v.int64() });

/** Raises a stream's generation. Beginning the same one again changes nothing. */
export async function begin(ctx: MutationCtx, args: ObjectType<typeof beginArgs>) {
  const { epoch, stream, generation } = args;
  await raise(ctx, epoch);
  const found = await place(ctx, stream);
  const { position } = found;
  if (generation < found.generation) {
    throw new ConvexError({ code: "GENERATION", generation: found.generation });
  }
  if (generation > found.generation) {
    await move(ctx, found, { generation, position });
  }
  return { generation, position };
}

export const sweepArgs = {
  epoch: v.int64(),
  stream: streamName,
  generation: v.int64(),
  limit: v.int64(),
};
export const sweepReturns = v.object({ deleted: v.int64(), bytes: v.int64(), done: v.boolean() });

/** Deletes documents and tombstones of earlier generations, at most `limit` and a page's bytes of them. */
export async function sweep(ctx: MutationCtx, args: ObjectType<typeof sweepArgs>) {
  const { epoch, stream, generation } = args;
  bounded(args.limit);
  const limit = Number(args.limit);
  await enter(ctx, epoch, stream, generation);

  const table = tableOf(stream);
  const documents = await page(
    ctx.db.query(table).withIndex("by_generation", (q) => q.lt("generation", generation)),
    limit,
  );
  const tombstones = await page(
    ctx.db
      .query("tombstones")
      .withIndex("by_stream_generation", (q) => q.eq("stream", stream).lt("generation", generation)),
    documents.last ? limit - documents.rows.length : 0,
  );
  await Promise.all(documents.rows.map((row) => ctx.db.delete(table, row._id)));
  await Promise.all(tombstones.rows.map((row) => ctx.db.delete("tombstones", row._id)));

  const deleted = documents.rows.length + tombstones.rows.length;
  const bytes = documents.bytes + tombstones.bytes;
  return { deleted: BigInt(deleted), bytes: BigInt(bytes), done: documents.last && tombstones.last };
}
