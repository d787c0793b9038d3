import { getConvexSize } from "convex/values";

/**
 * What a page has at most, but for one row. A transaction may read and write eight times as much; a
 * promotion also reads what it replaces, which may be larger, so whoever asks for one asks for fewer
 * lines when it fails.
 */
const PAGE_BYTES_MAX = 2 << 20;

/** Rows from the front of a query; `last` when none are behind them. */
export type Page<Row> = { rows: Row[]; bytes: number; last: boolean };

/** As many rows as are asked for and a transaction can bear, and one at least where any is. */
export async function page<Row extends object>(query: AsyncIterable<Row>, limit: number): Promise<Page<Row>> {
  const rows: Row[] = [];
  let bytes = 0;
  for await (const row of query) {
    if (rows.length === limit || bytes > PAGE_BYTES_MAX) {
      return { rows, bytes, last: false };
    }
    rows.push(row);
    bytes += getConvexSize(row as never);
  }
  return { rows, bytes, last: true };
}
