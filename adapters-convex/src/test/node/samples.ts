import { createHash } from "node:crypto";
import type { Infer } from "convex/values";
import type { runSummary, threadSummary, timelineSlice } from "../../../convex/documents.js";

// Documents as the runtime's projections make them, and the operations that bring them.

export type RunSummary = Infer<typeof runSummary>;
export type ThreadSummary = Infer<typeof threadSummary>;
export type TimelineSlice = Infer<typeof timelineSlice>;

const CREATED = "2026-11-22T06:00:00.000000Z";

export function at(seq: bigint): string {
  return `2026-11-22T06:00:00.${String(seq).padStart(6, "0")}Z`;
}

/** `user:42` or `guest:g-…`, as a document says it. */
function owned(owner: string) {
  const [kind, id] = [owner.slice(0, owner.indexOf(":")), owner.slice(owner.indexOf(":") + 1)];
  return kind === "user" ? { owner, ownerUserId: BigInt(id) } : { owner, ownerGuestScope: id };
}

type Place = { seq?: bigint; owner?: string; version?: bigint; threadId?: string; status?: string };

export function run(
  runId: string,
  { seq = 3n, owner = "user:42", version = 1n, threadId = "t1", status = "running" }: Place = {},
): RunSummary {
  return {
    documentId: `runtime/run_summary:${runId}`,
    kind: "run_summary",
    runId,
    threadId,
    ...owned(owner),
    agent: "echo",
    status,
    latestSeq: seq,
    eventCount: seq,
    latestEventType: "run.started",
    latestEventAt: at(seq),
    createdAt: CREATED,
    updatedAt: at(seq),
    runtimeSource: { entity: "run", id: runId, seq },
    projectionVersion: version,
    projectedAt: at(seq),
  };
}

export function thread(
  threadId: string,
  { seq = 3n, owner = "user:42", version = 1n }: Place = {},
): ThreadSummary {
  return {
    documentId: `runtime/thread_summary:${threadId}`,
    kind: "thread_summary",
    threadId,
    ...owned(owner),
    runCount: 2n,
    openRunCount: 1n,
    statusCounts: { running: 1n, completed: 1n },
    latestRunId: "r2",
    latestRunStatus: "running",
    latestRunCreatedAt: CREATED,
    eventCount: seq,
    createdAt: CREATED,
    updatedAt: at(seq),
    runtimeSource: { entity: "thread", id: threadId, seq },
    projectionVersion: version,
    projectedAt: at(seq),
  };
}

export function timeline(
  runId: string,
  { seq = 3n, owner = "user:42", version = 1n, threadId = "t1" }: Place = {},
): TimelineSlice {
  return {
    documentId: `runtime/timeline_slice:${runId}`,
    kind: "timeline_slice",
    runId,
    threadId,
    ...owned(owner),
    agent: "echo",
    entries: [
      { seq: 1n, type: "run.created", at: at(1n) },
      { seq, type: "tool.started", at: at(seq), label: "search" },
    ],
    createdAt: CREATED,
    updatedAt: at(seq),
    runtimeSource: { entity: "run", id: runId, seq },
    projectionVersion: version,
    projectedAt: at(seq),
  };
}

type Document = RunSummary | ThreadSummary | TimelineSlice;

/** Some digest: what a hash is of is the runtime's affair. */
export function hashOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

export function upsert(document: Document, hash = hashOf("")) {
  const { documentId, runtimeSource, projectionVersion } = document;
  return {
    kind: "upsert" as const,
    documentId,
    seq: runtimeSource.seq,
    version: projectionVersion,
    hash,
    document,
  };
}

export function removal(documentId: string, seq: bigint, version = 1n) {
  return { kind: "delete" as const, documentId, seq, version };
}
