/** Where a document stands. A deleted one has no hash. */
export type Standing = {
  generation: bigint;
  seq: bigint;
  version: bigint;
  hash: string | null;
};

export type Verdict = "write" | "drift" | "skip" | "stale";

/**
 * Whether what comes replaces what is there: the generation decides, then the sequence, then the
 * version. Where all three agree a deletion wins over a document, and another hash is drift, which
 * is written.
 */
export function judge(present: Standing | null, incoming: Standing): Verdict {
  if (present === null) {
    return "write";
  }
  for (const field of ["generation", "seq", "version"] as const) {
    if (incoming[field] !== present[field]) {
      return incoming[field] > present[field] ? "write" : "stale";
    }
  }
  if (incoming.hash === present.hash) {
    return "skip";
  }
  if (incoming.hash === null) {
    return "write";
  }
  return present.hash === null ? "stale" : "drift";
}
