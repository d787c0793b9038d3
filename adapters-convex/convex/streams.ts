import { v, type Infer } from "convex/values";
import { runSummary, threadSummary, timelineSlice } from "./documents.js";

/** What is written in one line of batches: the documents of one projection. */
export const streamName = v.union(
  v.literal("run_summary"),
  v.literal("thread_summary"),
  v.literal("timeline_slice"),
);

export type Stream = Infer<typeof streamName>;

export const STREAMS = ["run_summary", "thread_summary", "timeline_slice"] as const satisfies Stream[];

export const DOCUMENTS = {
  run_summary: runSummary,
  thread_summary: threadSummary,
  timeline_slice: timelineSlice,
};

const TABLES = {
  run_summary: "runSummaries",
  thread_summary: "threadSummaries",
  timeline_slice: "timelineSlices",
} as const satisfies Record<Stream, string>;

/**
 * The table of a stream's documents. The three differ in the documents and agree in the guard's
 * fields and in the indexes over them, which is all that the writer touches; a method of a union of
 * tables cannot be called, so one stands for all.
 */
export function tableOf(stream: Stream): "runSummaries" {
  return TABLES[stream] as "runSummaries";
}

/** The ids of a stream's documents begin so. */
export function prefixOf(stream: Stream): string {
  return `runtime/${stream}:`;
}
