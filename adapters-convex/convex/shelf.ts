import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { judge, type Standing, type Verdict } from "./guard.js";
import { tableOf, type Stream } from "./streams.js";

type Row = Doc<"runSummaries">;
type Kept = { row: Row | null; tombstone: Doc<"tombstones"> | null };

/**
 * The documents of one stream that a call is about. All are looked up at once: lookups one after
 * another are most of the time that such a call may take.
 */
export class Shelf {
  private constructor(
    private readonly ctx: MutationCtx,
    private readonly stream: Stream,
    private readonly kept: Map<string, Kept>,
  ) {}

  static async of(ctx: MutationCtx, stream: Stream, documentIds: string[]): Promise<Shelf> {
    const ids = [...new Set(documentIds)];
    const kept = await Promise.all(ids.map((id) => lookUp(ctx, stream, id)));
    return new Shelf(ctx, stream, new Map(ids.map((id, index) => [id, kept[index]!])));
  }

  /** Writes the document, unless what is there stands above it. */
  async put(documentId: string, incoming: Standing & { hash: string }, document: object): Promise<Verdict> {
    const { row, tombstone } = this.find(documentId);
    const verdict = judge(standing(row, tombstone), incoming);
    if (verdict === "stale" || verdict === "skip") {
      return verdict;
    }
    const table = tableOf(this.stream);
    const next = { ...document, ...incoming } as Omit<Row, "_id" | "_creationTime">;
    if (tombstone !== null) {
      await this.ctx.db.delete("tombstones", tombstone._id);
    }
    if (row === null) {
      await this.ctx.db.insert(table, next);
    } else {
      await this.ctx.db.replace(table, row._id, next);
    }
    return this.reread(documentId, verdict);
  }

  /** Deletes the document, unless what is there stands above the deletion. */
  async remove(documentId: string, incoming: Standing & { hash: null }): Promise<Verdict> {
    const { row, tombstone } = this.find(documentId);
    const verdict = judge(standing(row, tombstone), incoming);
    if (verdict === "stale" || verdict === "skip") {
      return verdict;
    }
    const { seq, version, generation } = incoming;
    if (row !== null) {
      await this.ctx.db.delete(tableOf(this.stream), row._id);
    }
    if (tombstone === null) {
      await this.ctx.db.insert("tombstones", { stream: this.stream, documentId, seq, version, generation });
    } else {
      await this.ctx.db.patch("tombstones", tombstone._id, { seq, version, generation });
    }
    return this.reread(documentId, verdict);
  }

  private find(documentId: string): Kept {
    return this.kept.get(documentId)!;
  }

  /** A document may come more than once in a call. */
  private async reread(documentId: string, verdict: Verdict): Promise<Verdict> {
    this.kept.set(documentId, await lookUp(this.ctx, this.stream, documentId));
    return verdict;
  }
}

async function lookUp(ctx: MutationCtx, stream: Stream, documentId: string): Promise<Kept> {
  const [row, tombstone] = await Promise.all([
    ctx.db
      .query(tableOf(stream))
      .withIndex("by_documentId", (q) => q.eq("documentId", documentId))
      .unique(),
    ctx.db
      .query("tombstones")
      .withIndex("by_stream_documentId", (q) => q.eq("stream", stream).eq("documentId", documentId))
      .unique(),
  ]);
  return { row, tombstone };
}

function standing(row: Row | null, tombstone: Doc<"tombstones"> | null): Standing | null {
  return row ?? (tombstone === null ? null : { ...tombstone, hash: null });
}
