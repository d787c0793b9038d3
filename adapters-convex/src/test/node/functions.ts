import { readdirSync } from "node:fs";

// The functions as a deployment would hold them: every module of convex/, by its path.

type Exported = Record<string, unknown>;

const folder = new URL("../../../convex/", import.meta.url);

export const modules: Record<string, () => Promise<Exported>> = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => [`convex/${name}`, () => import(new URL(name, folder).href) as Promise<Exported>]),
);

export type Kind = "query" | "mutation";

/** A registered function: what the backend knows of it besides its name. */
export type Registered = { path: string; kind: Kind; internal: boolean };

type Marked = { isQuery?: true; isMutation?: true; isInternal?: true; isPublic?: true };

/** The registered functions by path, `module:name`. */
export async function registered(): Promise<Map<string, Registered>> {
  const found = new Map<string, Registered>();
  for (const [file, load] of Object.entries(modules)) {
    if (file.includes("_generated") || file.includes(".config.")) {
      continue;
    }
    for (const [name, value] of Object.entries(await load())) {
      const marked = value as Marked | undefined;
      if (marked?.isQuery || marked?.isMutation) {
        const path = `${file.slice("convex/".length, -".js".length)}:${name}`;
        const kind = marked.isQuery ? "query" : "mutation";
        found.set(path, { path, kind, internal: marked.isInternal === true });
      }
    }
  }
  return found;
}
