import { internalMutation, internalQuery } from "./_generated/server.js";
import * as audit from "./audit.js";
import * as batches from "./batches.js";
import * as fence from "./fence.js";
import * as imports from "./imports.js";
import * as rebuilds from "./rebuilds.js";

/** The writer's functions for an admin key: the same as in writer.ts, and no client can call them. */

export const version = internalQuery({
  args: fence.versionArgs,
  returns: fence.versionReturns,
  handler: () => fence.version(),
});

export const claim = internalMutation({
  args: fence.claimArgs,
  returns: fence.claimReturns,
  handler: (ctx, args) => fence.claim(ctx, args),
});

/** For people alone; the writer has no such call. */
export const disown = internalMutation({
  args: fence.disownArgs,
  returns: fence.disownReturns,
  handler: (ctx) => fence.disown(ctx),
});

export const open = internalMutation({
  args: fence.openArgs,
  returns: fence.openReturns,
  handler: (ctx, args) => fence.open(ctx, args),
});

export const checkpoint = internalQuery({
  args: fence.checkpointArgs,
  returns: fence.checkpointReturns,
  handler: (ctx, args) => fence.checkpoint(ctx, args),
});

export const apply = internalMutation({
  args: batches.applyArgs,
  returns: batches.applyReturns,
  handler: (ctx, args) => batches.apply(ctx, args),
});

export const begin = internalMutation({
  args: rebuilds.beginArgs,
  returns: rebuilds.beginReturns,
  handler: (ctx, args) => rebuilds.begin(ctx, args),
});

export const sweep = internalMutation({
  args: rebuilds.sweepArgs,
  returns: rebuilds.sweepReturns,
  handler: (ctx, args) => rebuilds.sweep(ctx, args),
});

export const promote = internalMutation({
  args: imports.promoteArgs,
  returns: imports.promoteReturns,
  handler: (ctx, args) => imports.promote(ctx, args),
});

export const discard = internalMutation({
  args: imports.discardArgs,
  returns: imports.discardReturns,
  handler: (ctx, args) => imports.discard(ctx, args),
});

export const read = internalQuery({
  args: audit.readArgs,
  returns: audit.readReturns,
  handler: (ctx, args) => audit.read(ctx, args),
});

export const list = internalQuery({
  args: audit.listArgs,
  returns: audit.listReturns,
  handler: (ctx, args) => audit.list(ctx, args),
});
