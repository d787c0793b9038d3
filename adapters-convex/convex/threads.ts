import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { query } from "./_generated/server.js";
import { threadSummary } from "./documents.js";
import { requireOwner } from "./identity.js";
import { shown } from "./reading.js";

const SCOPE = "runtime.thread_summaries";

/** The caller's threads, those that changed last first. */
export const mine = query({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(threadSummary),
  handler: async (ctx, { paginationOpts }) => {
    const owner = await requireOwner(ctx, SCOPE);
    const found = await ctx.db
      .query("threadSummaries")
      .withIndex("by_owner_updatedAt", (q) => q.eq("owner", owner))
      .order("desc")
      .paginate(paginationOpts);
    return { ...found, page: found.page.map((row) => shown(row)) };
  },
});

/** One of the caller's threads; null for another's as for none. */
export const get = query({
  args: { threadId: v.string() },
  returns: v.union(threadSummary, v.null()),
  handler: async (ctx, { threadId }) => {
    const owner = await requireOwner(ctx, SCOPE);
    const row = await ctx.db
      .query("threadSummaries")
      .withIndex("by_documentId", (q) => q.eq("documentId", `runtime/thread_summary:${threadId}`))
      .unique();
    return row?.owner === owner ? shown(row) : null;
  },
});
