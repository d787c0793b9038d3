import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { runSummary, threadSummary, timelineSlice } from "./documents.js";
import { streamName } from "./streams.js";

/** What the writer knows of a document that clients do not see: see guard.ts. */
const guard = {
  seq: v.int64(),
  version: v.int64(),
  generation: v.int64(),
  hash: v.string(),
};

export default defineSchema({
  runSummaries: defineTable(runSummary.extend(guard))
    .index("by_documentId", ["documentId"])
    .index("by_generation", ["generation"])
    .index("by_owner_updatedAt", ["owner", "updatedAt"])
    .index("by_threadId_owner_updatedAt", ["threadId", "owner", "updatedAt"]),

  threadSummaries: defineTable(threadSummary.extend(guard))
    .index("by_documentId", ["documentId"])
    .index("by_generation", ["generation"])
    .index("by_owner_updatedAt", ["owner", "updatedAt"]),

  timelineSlices: defineTable(timelineSlice.extend(guard))
    .index("by_documentId", ["documentId"])
    .index("by_generation", ["generation"]),

  /** Deleted documents, so that a late write does not bring one back. */
  tombstones: defineTable({
    stream: streamName,
    documentId: v.string(),
    seq: v.int64(),
    version: v.int64(),
    generation: v.int64(),
  })
    .index("by_stream_documentId", ["stream", "documentId"])
    .index("by_stream_generation", ["stream", "generation"]),

  /** How far each stream has come. */
  streams: defineTable({
    stream: streamName,
    generation: v.int64(),
    position: v.int64(),
  }).index("by_stream", ["stream"]),

  /** One row: the epoch of who may write. */
  writer: defineTable({ epoch: v.int64(), log: v.optional(v.string()) }),

  /**
   * Lines of a snapshot import, until they are promoted. JSON lines have no 64-bit integers, so
   * they stand in decimal here, in the document too.
   */
  imported: defineTable({
    stream: v.string(),
    documentId: v.string(),
    seq: v.string(),
    version: v.string(),
    generation: v.string(),
    hash: v.string(),
    document: v.any(),
  }).index("by_stream", ["stream"]),
});
