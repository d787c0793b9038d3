import { randomUUID } from "node:crypto";
import type { AuthConfig, UserIdentity } from "convex/server";
import { makeFunctionReference, type DefaultFunctionArgs } from "convex/server";
import { ConvexError, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { convexTest } from "convex-test";
import schema from "../../../../convex/schema.js";
import { modules, registered, type Kind, type Registered } from "../functions.js";
import { Problem } from "./problems.js";

// The functions on the official test backend, and what that backend leaves to whoever calls it:
// visibility, kinds, and limits on arguments.

export type Caller =
  | { as: "nobody" }
  | { as: "user"; identity: Partial<UserIdentity> }
  | { as: "admin"; identity: Partial<UserIdentity> | null };

export type Answer =
  | { status: "success"; value: Value }
  | { status: "error"; requestId: string; detail: string; data?: Value };

const ARRAY_MAX = 8192;
const FIELDS_MAX = 1024;
const NESTING_MAX = 64;

type Tables = ReturnType<typeof fresh>;

function fresh() {
  return convexTest({ schema, modules, transactionLimits: true });
}

export class Backend {
  private tables: Tables = fresh();

  private constructor(
    readonly auth: AuthConfig,
    private readonly functions: Map<string, Registered>,
  ) {}

  static async start(): Promise<Backend> {
    const { default: auth } = await import("../../../../convex/auth.config.js");
    return new Backend(auth, await registered());
  }

  reset(): void {
    this.tables = fresh();
  }

  /** Runs a function; `kind` is null where any will do. Throws a Problem for what is not a path. */
  async call(
    path: string,
    kind: Kind | null,
    rawArgs: unknown,
    caller: Caller,
    requestId: string,
  ): Promise<Answer> {
    const name = canonical(path);
    const fail = (detail: string, data?: Value): Answer =>
      data === undefined
        ? { status: "error", requestId, detail }
        : { status: "error", requestId, detail, data };
    const found = this.functions.get(name);
    if (found === undefined || (found.internal && caller.as !== "admin")) {
      return fail(`Could not find public function for '${path}'.`);
    }
    if (kind !== null && kind !== found.kind) {
      return fail(`Trying to execute ${name} as ${kind}, but it is defined as ${found.kind}.`);
    }
    try {
      const args = argsOf(name, rawArgs);
      const tables =
        caller.as === "nobody" || caller.identity === null
          ? this.tables
          : this.tables.withIdentity(caller.identity);
      const value =
        found.kind === "query"
          ? await tables.query(makeFunctionReference<"query", DefaultFunctionArgs, Value>(name), args)
          : await tables.mutation(makeFunctionReference<"mutation", DefaultFunctionArgs, Value>(name), args);
      return { status: "success", value };
    } catch (error) {
      return error instanceof ConvexError
        ? fail("Uncaught ConvexError", error.data as Value)
        : fail(String(error));
    }
  }

  /** Rows of a table, in the order of their ids. */
  async rows(table: string): Promise<Record<string, Value>[]> {
    return this.tables.run(async (ctx) => ctx.db.query(tableOf(table)).take(32_000));
  }

  /** Imports rows as one transaction. */
  async import(table: string, mode: string, rows: Record<string, Value>[]): Promise<void> {
    const name = tableOf(table);
    await this.tables.run(async (ctx) => {
      const present = await ctx.db.query(name).take(mode === "append" ? 0 : 16_000);
      if (mode === "requireEmpty" && present.length > 0) {
        throw new Problem(
          400,
          "TableExists",
          `Table ${table} already exists. Please choose a new table name or use append or replace.`,
        );
      }
      await Promise.all(present.map((row) => ctx.db.delete(name, row._id)));
      await Promise.all(rows.map((row) => ctx.db.insert(name, row as never)));
    });
  }

  /** What no function does: changes or removes stored documents behind the writer's back. */
  async tamper(table: string, documentId: string, set: Record<string, Value> | null): Promise<number> {
    const name = tableOf(table);
    return this.tables.run(async (ctx) => {
      const rows = await ctx.db
        .query(name)
        .withIndex("by_documentId", (q) => q.eq("documentId", documentId))
        .take(2);
      for (const row of rows) {
        await (set === null ? ctx.db.delete(name, row._id) : ctx.db.patch(name, row._id, set as never));
      }
      return rows.length;
    });
  }

  /** What no function does either: puts a document there, like another one, that nobody tells of. */
  async copy(table: string, documentId: string, as: string): Promise<void> {
    const name = tableOf(table);
    await this.tables.run(async (ctx) => {
      const row = await ctx.db
        .query(name)
        .withIndex("by_documentId", (q) => q.eq("documentId", documentId))
        .unique();
      if (row === null) {
        throw new Error(`nothing to copy: ${documentId}`);
      }
      const { _id, _creationTime, ...fields } = row;
      await ctx.db.insert(name, { ...fields, documentId: as });
    });
  }
}

export const newRequestId = () => randomUUID().replaceAll("-", "").slice(0, 16);

function tableOf(name: string): "runSummaries" {
  if (!Object.hasOwn(schema.tables, name)) {
    throw new Problem(400, "ImportInvalidName", `invalid table name ${name}`);
  }
  return name as "runSummaries";
}

/** `dir/module:name`; the name is `default` where none is given. */
function canonical(path: string): string {
  const parsed = /^([A-Za-z0-9_./]*[A-Za-z0-9_])(?::([A-Za-z_$][A-Za-z0-9_$]*))?$/.exec(path);
  if (parsed === null) {
    throw new Problem(
      400,
      "BadConvexFunctionIdentifier",
      `${path} is not a valid path to a Convex function.`,
    );
  }
  return `${parsed[1]!.replace(/\.js$/, "")}:${parsed[2] ?? "default"}`;
}

/** An object, or the legacy form: an array of one. */
function argsOf(name: string, raw: unknown): DefaultFunctionArgs {
  const [args, ...more] = (Array.isArray(raw) ? raw : [raw]) as JSONValue[];
  try {
    if (args === undefined || more.length > 0) {
      throw new Error("one object is expected");
    }
    const value = jsonToConvex(args);
    checkSizes(value, 1);
    return value as DefaultFunctionArgs;
  } catch (error) {
    throw new Error(`Invalid arguments for ${name}: ${String(error)}`);
  }
}

function checkSizes(value: Value, depth: number): void {
  if (depth > NESTING_MAX) {
    throw new Error("Value is too nested");
  }
  if (Array.isArray(value)) {
    if (value.length > ARRAY_MAX) {
      throw new Error(`Array length is too long (${value.length} > maximum length ${ARRAY_MAX})`);
    }
    value.forEach((part: Value) => checkSizes(part, depth + 1));
  } else if (typeof value === "object" && value !== null && !(value instanceof ArrayBuffer)) {
    const fields = Object.entries(value);
    if (fields.length > FIELDS_MAX) {
      throw new Error(`Object has too many fields (${fields.length} > maximum number ${FIELDS_MAX})`);
    }
    fields.forEach(([name, part]) => {
      if (!/^(?!\$)[\x20-\x7e]+$/.test(name)) {
        throw new Error(`Field name ${name} is invalid`);
      }
      checkSizes(part as Value, depth + 1);
    });
  }
}
