import { v } from "convex/values";
import { query } from "./_generated/server.js";
import { timelineSlice } from "./documents.js";
import { requireOwner } from "./identity.js";
import { shown } from "./reading.js";

/** The newest events of one of the caller's runs; null for another's as for none. */
export const get = query({
  args: { runId: v.string() },
  returns: v.union(timelineSlice, v.null()),
  handler: async (ctx, { runId }) => {
    const owner = await requireOwner(ctx, "runtime.timeline_slices");
    const row = await ctx.db
      .query("timelineSlices")
      .withIndex("by_documentId", (q) => q.eq("documentId", `runtime/timeline_slice:${runId}`))
      .unique();
    return row?.owner === owner ? shown(row) : null;
  },
});
