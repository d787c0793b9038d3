import { ConvexError, getConvexSize, v, type Infer, type ObjectType } from "convex/values";
import type { MutationCtx } from "./_generated/server.js";
import { bounded, enter, move } from "./fence.js";
import type { Verdict } from "./guard.js";
import { mismatch } from "./shape.js";
import { Shelf } from "./shelf.js";
import { DOCUMENTS, prefixOf, streamName, type Stream } from "./streams.js";

// One batch is one transaction: the checks, the documents and the position, or none of them.

/** Documents above this are refused by name; the backend would refuse the whole batch. */
const DOCUMENT_BYTES_MAX = (1 << 20) - 1024;
const HASH = /^sha256:[0-9a-f]{64}$/;

const upsert = v.object({
  kind: v.literal("upsert"),
  documentId: v.string(),
  seq: v.int64(),
  version: v.int64(),
  hash: v.string(),
  // Checked in the function, document by document.
  document: v.any(),
});

const removal = v.object({
  kind: v.literal("delete"),
  documentId: v.string(),
  seq: v.int64(),
  version: v.int64(),
});

export const outcome = v.union(
  v.literal("applied"),
  v.literal("skipped"),
  v.literal("stale"),
  v.literal("replaced"),
  v.literal("refused"),
);

export const result = v.object({
  documentId: v.string(),
  outcome,
  reason: v.optional(v.string()),
});

export type Upsert = Infer<typeof upsert>;
export type Result = Infer<typeof result>;

export const applyArgs = {
  epoch: v.int64(),
  stream: streamName,
  generation: v.int64(),
  from: v.int64(),
  operations: v.array(v.union(upsert, removal)),
};
export const applyReturns = v.object({ position: v.int64(), results: v.array(result) });

/** Writes a batch that begins where the stream stands, and moves the stream by one. */
export async function apply(ctx: MutationCtx, args: ObjectType<typeof applyArgs>) {
  const { epoch, stream, generation, from, operations } = args;
  bounded(operations.length);
  const place = await enter(ctx, epoch, stream, generation);
  if (from !== place.position) {
    throw new ConvexError({ code: "GAP", position: place.position });
  }
  const shelf = await Shelf.of(
    ctx,
    stream,
    operations.map((operation) => operation.documentId),
  );
  const results: Result[] = [];
  for (const operation of operations) {
    results.push(
      operation.kind === "upsert"
        ? await write(shelf, stream, generation, operation)
        : await remove(shelf, stream, generation, operation),
    );
  }
  const position = from + 1n;
  await move(ctx, place, { generation, position });
  return { position, results };
}

/** Writes one document under its guard, or says why it cannot be one. */
export async function write(
  shelf: Shelf,
  stream: Stream,
  generation: bigint,
  operation: Omit<Upsert, "kind">,
): Promise<Result> {
  const { documentId, seq, version, hash } = operation;
  const reason = refusal(stream, operation);
  if (reason !== null) {
    return { documentId, outcome: "refused", reason };
  }
  const document = operation.document as object;
  const verdict = await shelf.put(documentId, { generation, seq, version, hash }, document);
  return { documentId, outcome: OUTCOMES[verdict] };
}

async function remove(
  shelf: Shelf,
  stream: Stream,
  generation: bigint,
  { documentId, seq, version }: Infer<typeof removal>,
): Promise<Result> {
  if (!documentId.startsWith(prefixOf(stream))) {
    return { documentId, outcome: "refused", reason: "documentId is of another stream" };
  }
  const verdict = await shelf.remove(documentId, { generation, seq, version, hash: null });
  return { documentId, outcome: OUTCOMES[verdict] };
}

const OUTCOMES = {
  write: "applied",
  drift: "replaced",
  skip: "skipped",
  stale: "stale",
} as const satisfies Record<Verdict, Infer<typeof outcome>>;

function refusal(stream: Stream, operation: Omit<Upsert, "kind">): string | null {
  if (!operation.documentId.startsWith(prefixOf(stream))) {
    return "documentId is of another stream";
  }
  if (!HASH.test(operation.hash)) {
    return "hash is not sha256: and 64 hexadecimal digits";
  }
  return mismatch(DOCUMENTS[stream], operation.document) ?? disagreement(operation);
}

/** Where a document of the right shape says something else than what guards it, or is too large. */
function disagreement({ documentId, seq, version, document: value }: Omit<Upsert, "kind">): string | null {
  const document = value as Infer<(typeof DOCUMENTS)[Stream]>;
  if (document.documentId !== documentId) {
    return "document.documentId is another";
  }
  if (document.runtimeSource.seq !== seq || document.projectionVersion !== version) {
    return "document stands at another sequence or version";
  }
  if (document.owner !== ownerOf(document)) {
    return "document.owner is not its user or guest";
  }
  const bytes = getConvexSize(document);
  return bytes > DOCUMENT_BYTES_MAX ? `document has ${bytes} bytes, of ${DOCUMENT_BYTES_MAX} at most` : null;
}

/** Clients are shown documents by `owner` alone, so it must be what the document says otherwise. */
function ownerOf({
  ownerUserId,
  ownerGuestScope,
}: {
  ownerUserId?: bigint;
  ownerGuestScope?: string;
}): string | null {
  if ((ownerUserId === undefined) === (ownerGuestScope === undefined)) {
    return null;
  }
  return ownerUserId === undefined ? `guest:${ownerGuestScope}` : `user:${ownerUserId}`;
}
