import { v, type Infer, type ObjectType } from "convex/values";
import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import { bounded } from "./fence.js";
import { page } from "./pages.js";
import { shown } from "./reading.js";
import { streamName, tableOf } from "./streams.js";

// What the auditor compares with the log: documents as they are stored, and what guards them.

export const stored = v.object({
  documentId: v.string(),
  seq: v.int64(),
  version: v.int64(),
  generation: v.int64(),
  hash: v.string(),
  document: v.any(),
});

export const readArgs = { stream: streamName, documentIds: v.array(v.string()) };
export const readReturns = v.array(stored);

/** Those of the documents that exist, in the order asked for. */
export async function read(ctx: QueryCtx, { stream, documentIds }: ObjectType<typeof readArgs>) {
  bounded(documentIds.length);
  const rows = await Promise.all(
    documentIds.map((documentId) =>
      ctx.db
        .query(tableOf(stream))
        .withIndex("by_documentId", (q) => q.eq("documentId", documentId))
        .unique(),
    ),
  );
  return rows.filter((row) => row !== null).map(asStored);
}

export const listArgs = {
  stream: streamName,
  cursor: v.union(v.string(), v.null()),
  limit: v.int64(),
};
export const listReturns = v.object({
  documents: v.array(stored),
  cursor: v.union(v.string(), v.null()),
});

/** Documents behind the cursor in the order of their ids. A null cursor in the answer is the end. */
export async function list(ctx: QueryCtx, { stream, cursor, limit }: ObjectType<typeof listArgs>) {
  bounded(limit);
  const behind = ctx.db
    .query(tableOf(stream))
    .withIndex("by_documentId", (q) => q.gt("documentId", cursor ?? ""));
  const { rows, last } = await page(behind, Number(limit));
  return { documents: rows.map(asStored), cursor: last ? null : (rows.at(-1)?.documentId ?? null) };
}

function asStored(row: Doc<"runSummaries">): Infer<typeof stored> {
  const { documentId, seq, version, generation, hash } = row;
  return { documentId, seq, version, generation, hash, document: shown(row) };
}
