import { mutation, query } from "./_generated/server.js";
import * as audit from "./audit.js";
import * as batches from "./batches.js";
import * as fence from "./fence.js";
import * as imports from "./imports.js";
import * as rebuilds from "./rebuilds.js";
import { requireWriter } from "./identity.js";

/** The writer's functions for the runtime's own token. Clients can name them and are refused. */

export const version = query({
  args: fence.versionArgs,
  returns: fence.versionReturns,
  handler: async (ctx) => {
    await requireWriter(ctx);
    return fence.version();
  },
});

export const claim = mutation({
  args: fence.claimArgs,
  returns: fence.claimReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return fence.claim(ctx, args);
  },
});

export const open = mutation({
  args: fence.openArgs,
  returns: fence.openReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return fence.open(ctx, args);
  },
});

export const checkpoint = query({
  args: fence.checkpointArgs,
  returns: fence.checkpointReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return fence.checkpoint(ctx, args);
  },
});

export const apply = mutation({
  args: batches.applyArgs,
  returns: batches.applyReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return batches.apply(ctx, args);
  },
});

export const begin = mutation({
  args: rebuilds.beginArgs,
  returns: rebuilds.beginReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return rebuilds.begin(ctx, args);
  },
});

export const sweep = mutation({
  args: rebuilds.sweepArgs,
  returns: rebuilds.sweepReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return rebuilds.sweep(ctx, args);
  },
});

export const promote = mutation({
  args: imports.promoteArgs,
  returns: imports.promoteReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return imports.promote(ctx, args);
  },
});

export const discard = mutation({
  args: imports.discardArgs,
  returns: imports.discardReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return imports.discard(ctx, args);
  },
});

export const read = query({
  args: audit.readArgs,
  returns: audit.readReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return audit.read(ctx, args);
  },
});

export const list = query({
  args: audit.listArgs,
  returns: audit.listReturns,
  handler: async (ctx, args) => {
    await requireWriter(ctx);
    return audit.list(ctx, args);
  },
});
