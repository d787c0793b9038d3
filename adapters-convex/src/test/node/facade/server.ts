import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import type { Kind } from "../functions.js";
import { newRequestId, type Answer, type Backend } from "./backend.js";
import { DocumentLimit, Faults, WriteLimit, type Fault } from "./faults.js";
import { formatOf, written, type Format } from "./formats.js";
import { Gate, header } from "./gate.js";
import { badBody, Problem } from "./problems.js";

// The backend's HTTP API in front of the functions, as its source has it.

const BODY_MAX = (16 << 20) + 2000;
const SNAPSHOT_PAGE = 128;

/** Longer than clients keep a connection that rests, so that no call meets one that just ends. */
export const KEPT_ALIVE = { keepAliveTimeout: 120_000 };

/** What a test may ask about calls that came. Never what they showed as credential. */
export type Seen = {
  path: string;
  bytes: number;
  client: string | null;
  requestId: string | null;
  concurrent: number;
  /** The code with which a function refused it. */
  refused?: string;
};

type Call = { path: string; args: unknown; format?: unknown };

export class Facade {
  readonly faults = new Faults();
  readonly limit = new WriteLimit();
  readonly largest = new DocumentLimit();
  seen: Seen[] = [];
  redact = true;

  private server: Server | null = null;
  private port = 0;
  private concurrent = 0;

  constructor(
    private readonly backend: Backend,
    private readonly gate: Gate,
  ) {}

  /** Begins to listen, on the same port as before. */
  async up(): Promise<number> {
    if (this.server !== null) {
      return this.port;
    }
    const server = createServer(KEPT_ALIVE, (request, response) => void this.handle(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  /** Refuses connections and cuts those that are open. */
  async down(): Promise<void> {
    const server = this.server;
    this.server = null;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
  }

  reset(): void {
    this.backend.reset();
    this.faults.clear();
    this.limit.set(null);
    this.largest.set(null);
    this.redact = true;
    this.seen = [];
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.concurrent++;
    try {
      const { type, body } = await this.answer(request, response.socket?.destroy.bind(response.socket));
      response.writeHead(200, { "content-type": type }).end(body);
    } catch (error) {
      const problem =
        error instanceof Problem
          ? error
          : new Problem(500, "InternalServerError", "Your request couldn't be completed. Try again later.");
      if (!(error instanceof Problem)) {
        console.error(error);
      }
      response.writeHead(problem.status, { "content-type": "application/json" });
      response.end(JSON.stringify({ code: problem.code, message: problem.message }));
    } finally {
      this.concurrent--;
    }
  }

  private async answer(request: IncomingMessage, cut?: () => void): Promise<{ type: string; body: string }> {
    const url = new URL(request.url ?? "/", "http://facade");
    if (request.method === "GET" && url.pathname === "/version") {
      return { type: "text/plain", body: "facade" };
    }
    if (request.method === "GET" && url.pathname === "/instance_name") {
      return { type: "text/plain", body: this.gate.instance };
    }
    const client = clientOf(request);
    if (request.method === "GET" && url.pathname === "/api/query") {
      const call = {
        path: url.searchParams.get("path")!,
        args: parsed(url.searchParams.get("args") ?? ""),
        format: url.searchParams.get("format") ?? undefined,
      };
      return json(await this.one(request, call, "query", client.format, 0, cut));
    }
    if (request.method !== "POST") {
      throw new Problem(404, "NotFound", "Not found");
    }
    const bytes = await bodyOf(request);
    if (url.pathname === "/api/query_ts") {
      return json(
        JSON.stringify({
          ts: Buffer.from(new BigUint64Array([BigInt(Date.now()) * 1_000_000n]).buffer).toString("base64"),
        }),
      );
    }
    if (url.pathname === "/api/import") {
      return json(await this.import(request, url.searchParams, bytes.toString("utf8"), cut));
    }
    if (!/^application\/json(;|$)/i.test(request.headers["content-type"] ?? "")) {
      throw badBody("Expected request with `Content-Type: application/json`");
    }
    return json(
      await this.post(
        request,
        url.pathname,
        parsed(bytes.toString("utf8")),
        bytes.length,
        client.format,
        cut,
      ),
    );
  }

  private async post(
    request: IncomingMessage,
    route: string,
    body: unknown,
    bytes: number,
    format: Format,
    cut?: () => void,
  ): Promise<string> {
    switch (route) {
      case "/api/query":
      case "/api/mutation":
        return this.one(
          request,
          callIn(body),
          route === "/api/query" ? "query" : "mutation",
          format,
          bytes,
          cut,
        );
      case "/api/function":
        await this.gate.requireAdmin(request);
        return this.one(request, callIn(body), null, format, bytes, cut);
      case "/api/query_batch": {
        const { queries } = body as { queries?: unknown };
        if (!Array.isArray(queries)) {
          throw badBody("missing field `queries`");
        }
        const answers: string[] = [];
        for (const query of queries) {
          answers.push(await this.one(request, callIn(query), "query", format, bytes, cut));
        }
        return `{"results":[${answers.join(",")}]}`;
      }
      case "/api/query_at_ts":
        return this.one(request, callIn(body), "query", format, bytes, cut);
      case "/api/list_snapshot":
        return this.listSnapshot(request, body as Record<string, unknown>);
      default:
        return this.run(request, route, body, bytes, cut);
    }
  }

  /** `/api/run/dir/module/name`: any public function, and `json` where no format is asked for. */
  private async run(
    request: IncomingMessage,
    route: string,
    body: unknown,
    bytes: number,
    cut?: () => void,
  ): Promise<string> {
    if (!route.startsWith("/api/run/")) {
      throw new Problem(404, "NotFound", "Not found");
    }
    const parts = route.slice("/api/run/".length).split("/").map(decodeURIComponent);
    if (parts.length < 2) {
      throw new Problem(
        400,
        "MissingIdentifier",
        "Path or function name not provided in path, e.g. /api/run/messages/list",
      );
    }
    const path = `${parts.slice(0, -1).join("/")}:${parts.at(-1)}`;
    return this.one(request, callIn({ ...(body as object), path }), null, "json", bytes, cut);
  }

  private async one(
    request: IncomingMessage,
    call: Call,
    kind: Kind | null,
    byDefault: Format,
    bytes: number,
    cut?: () => void,
  ): Promise<string> {
    const caller = await this.gate.callerOf(request);
    const seen = this.note(request, call.path, bytes);
    const fault = await this.suffer(call.path, cut);
    if (kind === "mutation" && !this.limit.admits(bytes)) {
      throw new Problem(429, "TooManyWrites", "Too many bytes written in a short time.");
    }
    const requestId = header(request, "convex-request-id") ?? newRequestId();
    const answer: Answer = this.largest.admits(call.args)
      ? await this.backend.call(call.path, kind, call.args, caller, requestId)
      : { status: "error", requestId, detail: "Value is too large" };
    if (answer.status === "error" && answer.data !== undefined) {
      seen.refused = (answer.data as { code: string }).code;
    }
    if (fault?.cut === "after") {
      cut?.();
    }
    // As the backend: an unknown format is found out after a mutation has committed.
    return this.written(answer, formatOf(call.format) ?? byDefault);
  }

  private written(answer: Answer, format: Format): string {
    if (answer.status === "success") {
      return `{"status":"success","value":${written(answer.value, format)}}`;
    }
    const title = `[Request ID: ${answer.requestId}] Server Error`;
    const message = JSON.stringify(this.redact ? title : `${title}\n${answer.detail}`);
    const data = answer.data === undefined ? "" : `,"errorData":${written(answer.data, format)}`;
    return `{"status":"error","errorMessage":${message}${data}}`;
  }

  /** Lines are plain JSON: their numbers are doubles, and nothing else is a 64-bit integer. */
  private async import(
    request: IncomingMessage,
    query: URLSearchParams,
    text: string,
    cut?: () => void,
  ): Promise<string> {
    await this.gate.requireAdmin(request);
    this.note(request, "import", Buffer.byteLength(text));
    const table = query.get("tableName");
    const mode = query.get("mode") ?? "requireEmpty";
    if (query.get("format") !== "jsonLines" || !["append", "replace", "requireEmpty"].includes(mode)) {
      throw new Problem(400, "BadQueryArgs", "only jsonLines can be imported here");
    }
    if (table === null) {
      throw new Problem(400, "InvalidName", "JSONL import requires table name");
    }
    const rows = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => jsonToConvex(parsed(line) as JSONValue) as Record<string, Value>);
    const fault = await this.suffer("import", cut);
    await this.backend.import(table, mode, rows).catch((error: unknown) => {
      throw error instanceof Problem ? error : new Problem(400, "ImportFailed", String(error));
    });
    if (fault?.cut === "after") {
      cut?.();
    }
    return JSON.stringify({ numWritten: rows.length });
  }

  private async listSnapshot(
    request: IncomingMessage,
    { tableName, cursor, format }: Record<string, unknown>,
  ): Promise<string> {
    await this.gate.requireAdmin(request);
    const table = String(tableName);
    const rows = await this.backend.rows(table);
    const from =
      cursor === undefined || cursor === null ? 0 : rows.findIndex((row) => row._id === cursor) + 1;
    const page = rows.slice(from, from + SNAPSHOT_PAGE);
    const values = page.map((row) =>
      written({ _component: "", _table: table, _ts: 1n, ...row }, formatOf(format) ?? "json"),
    );
    const next = JSON.stringify(page.at(-1)?._id ?? null);
    return `{"values":[${values.join(",")}],"snapshot":1,"cursor":${next},"hasMore":${from + page.length < rows.length}}`;
  }

  private async suffer(path: string, cut?: () => void): Promise<Fault | undefined> {
    const fault = this.faults.next(path);
    if (fault?.delay !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, fault.delay));
    }
    if (fault?.hold) {
      await this.faults.hold();
    }
    if (fault?.cut === "before") {
      cut?.();
      throw new Problem(408, "ClientDisconnected", "cut");
    }
    if (fault?.status !== undefined) {
      throw new Problem(fault.status, fault.code ?? "InternalServerError", "as ordered");
    }
    return fault;
  }

  private note(request: IncomingMessage, path: string, bytes: number): Seen {
    const seen: Seen = {
      path,
      bytes,
      client: header(request, "convex-client"),
      requestId: header(request, "convex-request-id"),
      concurrent: this.concurrent,
    };
    this.seen.push(seen);
    return seen;
  }
}

function json(body: string): { type: string; body: string } {
  return { type: "application/json", body };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    chunks.push(chunk as Buffer);
  }
  if (length > BODY_MAX) {
    throw badBody("length limit exceeded");
  }
  return Buffer.concat(chunks);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badBody("Failed to parse the request body as JSON");
  }
}

function callIn(body: unknown): Call {
  const { path, args, format } = (body ?? {}) as Partial<Call>;
  if (typeof path !== "string" || args === undefined) {
    throw badBody("missing field `path` or `args`");
  }
  return { path, args, format };
}

/** `name-1.2.3`. Old clients of npm would get values encoded without asking; there are none here. */
function clientOf(request: IncomingMessage): { format: Format } {
  const name = header(request, "convex-client");
  if (name !== null && !name.includes("-")) {
    throw new Problem(400, "InvalidClientVersion", `Failed to parse client version string: '${name}'.`);
  }
  return { format: "json" };
}
