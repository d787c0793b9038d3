import { v } from "convex/values";

// The documents of the runtime's projections, as clients see them. Integers are int64, times are
// RFC 3339 in UTC with microseconds, and what is not known is left out.

const owned = {
  owner: v.string(),
  ownerUserId: v.optional(v.int64()),
  ownerGuestScope: v.optional(v.string()),
};

const placed = {
  documentId: v.string(),
  projectionVersion: v.int64(),
  projectedAt: v.string(),
};

const runSource = v.object({ entity: v.literal("run"), id: v.string(), seq: v.int64() });
const threadSource = v.object({ entity: v.literal("thread"), id: v.string(), seq: v.int64() });

const statusCount = v.optional(v.int64());

export const runSummary = v.object({
  ...placed,
  ...owned,
  kind: v.literal("run_summary"),
  runId: v.string(),
  threadId: v.string(),
  agent: v.string(),
  status: v.string(),
  waitingFor: v.optional(v.string()),
  waitUntil: v.optional(v.string()),
  cancelReason: v.optional(v.string()),
  latestSeq: v.int64(),
  eventCount: v.int64(),
  latestEventType: v.string(),
  latestEventAt: v.string(),
  terminalReasonClass: v.optional(v.string()),
  terminalReason: v.optional(v.string()),
  terminalAt: v.optional(v.string()),
  createdAt: v.string(),
  updatedAt: v.string(),
  runtimeSource: runSource,
});

export const threadSummary = v.object({
  ...placed,
  ...owned,
  kind: v.literal("thread_summary"),
  threadId: v.string(),
  runCount: v.int64(),
  openRunCount: v.int64(),
  statusCounts: v.object({
    created: statusCount,
    running: statusCount,
    waiting: statusCount,
    canceling: statusCount,
    completed: statusCount,
    failed: statusCount,
    canceled: statusCount,
  }),
  latestRunId: v.string(),
  latestRunStatus: v.string(),
  latestRunCreatedAt: v.string(),
  eventCount: v.int64(),
  createdAt: v.string(),
  updatedAt: v.string(),
  runtimeSource: threadSource,
});

export const timelineSlice = v.object({
  ...placed,
  ...owned,
  kind: v.literal("timeline_slice"),
  runId: v.string(),
  threadId: v.string(),
  agent: v.string(),
  entries: v.array(
    v.object({
      seq: v.int64(),
      type: v.string(),
      at: v.string(),
      label: v.optional(v.string()),
    }),
  ),
  createdAt: v.string(),
  updatedAt: v.string(),
  runtimeSource: runSource,
});
