import { ConvexError, v, type ObjectType } from "convex/values";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { STREAMS, streamName, type Stream } from "./streams.js";

// Who may write, and how far each stream has come. The epoch only grows; whoever comes with a lower
// one is refused in the transaction that would have written.

/** What a writer checks before its first batch. */
export const PROTOCOL = 1;

/** Raised with every change of the functions, so that a writer sees whether a deploy has landed. */
export const FUNCTIONS = "1.2.0";

export const PAGE_MAX = 500;

export const versionArgs = {};
export const versionReturns = v.object({ protocol: v.number(), functions: v.string() });

export function version() {
  return { protocol: PROTOCOL, functions: FUNCTIONS };
}

export const claimArgs = { log: v.string() };
export const claimReturns = v.null();

/**
 * Ties this deployment to the log whose documents it shows, and refuses every other one: two of
 * them would remove each other's. A log without a name claims nothing.
 */
export async function claim(ctx: MutationCtx, { log }: ObjectType<typeof claimArgs>) {
  const row = await ctx.db.query("writer").first();
  if (row?.log !== undefined && row.log !== log) {
    throw new ConvexError({ code: "FOREIGN", log: row.log });
  }
  if (log !== "" && row === null) {
    await ctx.db.insert("writer", { epoch: 0n, log });
  } else if (log !== "" && row !== null && row.log === undefined) {
    await ctx.db.patch("writer", row._id, { log });
  }
  return null;
}

export const disownArgs = {};
export const disownReturns = v.null();

/** Lets the next log that comes claim this deployment. */
export async function disown(ctx: MutationCtx) {
  const row = await ctx.db.query("writer").first();
  if (row !== null) {
    await ctx.db.patch("writer", row._id, { log: undefined });
  }
  return null;
}

export const openArgs = { epoch: v.int64() };
export const openReturns = v.array(
  v.object({ stream: streamName, generation: v.int64(), position: v.int64() }),
);

/** Makes the caller's epoch the one that writes; answers where every stream stands. */
export async function open(ctx: MutationCtx, { epoch }: ObjectType<typeof openArgs>) {
  await raise(ctx, epoch);
  const places = await Promise.all(STREAMS.map((stream) => place(ctx, stream)));
  return places.map(({ stream, generation, position }) => ({ stream, generation, position }));
}

export const checkpointArgs = { stream: streamName };
export const checkpointReturns = v.object({
  epoch: v.int64(),
  generation: v.int64(),
  position: v.int64(),
});

export async function checkpoint(ctx: QueryCtx, { stream }: ObjectType<typeof checkpointArgs>) {
  const [epoch, { generation, position }] = await Promise.all([currentEpoch(ctx), place(ctx, stream)]);
  return { epoch, generation, position };
}

/** Where a stream stands; `row` is null before its first batch. */
export type Place = {
  stream: Stream;
  generation: bigint;
  position: bigint;
  row: Doc<"streams"> | null;
};

/** Refuses a lower epoch, and remembers a higher one. */
export async function raise(ctx: MutationCtx, epoch: bigint): Promise<void> {
  const row = await ctx.db.query("writer").first();
  const current = row?.epoch ?? 0n;
  if (epoch < current || epoch < 1n) {
    throw new ConvexError({ code: "FENCED", epoch: current });
  }
  if (row === null) {
    await ctx.db.insert("writer", { epoch });
  } else if (epoch > current) {
    await ctx.db.patch("writer", row._id, { epoch });
  }
}

/** Where the stream stands, for a writer of this epoch who works at this generation. */
export async function enter(
  ctx: MutationCtx,
  epoch: bigint,
  stream: Stream,
  generation: bigint,
): Promise<Place> {
  await raise(ctx, epoch);
  const found = await place(ctx, stream);
  if (generation !== found.generation) {
    throw new ConvexError({ code: "GENERATION", generation: found.generation });
  }
  return found;
}

export async function place(ctx: QueryCtx, stream: Stream): Promise<Place> {
  const row = await ctx.db
    .query("streams")
    .withIndex("by_stream", (q) => q.eq("stream", stream))
    .unique();
  return { stream, generation: row?.generation ?? 0n, position: row?.position ?? 0n, row };
}

export async function move(
  ctx: MutationCtx,
  { stream, row }: Place,
  to: { generation: bigint; position: bigint },
): Promise<void> {
  if (row === null) {
    await ctx.db.insert("streams", { stream, ...to });
  } else {
    await ctx.db.patch("streams", row._id, to);
  }
}

/** Refuses what does not fit one transaction. */
export function bounded(count: number | bigint): void {
  if (count < 1 || count > PAGE_MAX) {
    throw new ConvexError({ code: "BOUNDS", max: BigInt(PAGE_MAX) });
  }
}

async function currentEpoch(ctx: QueryCtx): Promise<bigint> {
  return (await ctx.db.query("writer").first())?.epoch ?? 0n;
}
