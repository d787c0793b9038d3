import type { Doc } from "./_generated/dataModel.js";

type Row = Doc<"runSummaries"> | Doc<"threadSummaries"> | Doc<"timelineSlices">;
type Hidden = "_id" | "_creationTime" | "seq" | "version" | "generation" | "hash";

/** The document in a row: without the backend's fields and the guard's. */
export function shown<R extends Row>(row: R): Omit<R, Hidden> {
  const { _id, _creationTime, seq, version, generation, hash, ...document } = row;
  return document;
}
