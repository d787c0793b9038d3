import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { query } from "./_generated/server.js";
import { runSummary } from "./documents.js";
import { requireOwner } from "./identity.js";
import { shown } from "./reading.js";

const SCOPE = "runtime.run_summaries";

/** The caller's runs, those that changed last first. */
export const mine = query({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(runSummary),
  handler: async (ctx, { paginationOpts }) => {
    const owner = await requireOwner(ctx, SCOPE);
    const found = await ctx.db
      .query("runSummaries")
      .withIndex("by_owner_updatedAt", (q) => q.eq("owner", owner))
      .order("desc")
      .paginate(paginationOpts);
    return { ...found, page: found.page.map((row) => shown(row)) };
  },
});

/** The caller's runs of a thread, those that changed last first. */
export const ofThread = query({
  args: { threadId: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(runSummary),
  handler: async (ctx, { threadId, paginationOpts }) => {
    const owner = await requireOwner(ctx, SCOPE);
    const found = await ctx.db
      .query("runSummaries")
      .withIndex("by_threadId_owner_updatedAt", (q) => q.eq("threadId", threadId).eq("owner", owner))
      .order("desc")
      .paginate(paginationOpts);
    return { ...found, page: found.page.map((row) => shown(row)) };
  },
});

/** One of the caller's runs; null for another's as for none. */
export const get = query({
  args: { runId: v.string() },
  returns: v.union(runSummary, v.null()),
  handler: async (ctx, { runId }) => {
    const owner = await requireOwner(ctx, SCOPE);
    const row = await ctx.db
      .query("runSummaries")
      .withIndex("by_documentId", (q) => q.eq("documentId", `runtime/run_summary:${runId}`))
      .unique();
    return row?.owner === owner ? shown(row) : null;
  },
});
