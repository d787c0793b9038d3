import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import type { Backend } from "./backend.js";
import { KEPT_ALIVE, type Facade } from "./server.js";

// The other door, for tests: what shall go wrong, and what came.

type Order = Record<string, unknown>;
type Deed = (order: Order) => unknown;

export async function control(
  facade: Facade,
  backend: Backend,
): Promise<{ port: number; close: () => void }> {
  const deeds: Record<string, Deed> = {
    "/fault": (order) => facade.faults.order(order),
    "/release": () => facade.faults.release(),
    "/down": () => facade.down(),
    "/up": () => facade.up(),
    "/reset": () => facade.reset(),
    "/limit": ({ bytesPerSecond }) => facade.limit.set(bytesPerSecond as number | null),
    "/largest": ({ bytes }) => facade.largest.set(bytes as number | null),
    "/redact": ({ redact }) => (facade.redact = redact as boolean),
    "/tamper": ({ table, documentId, set }) =>
      backend.tamper(
        String(table),
        String(documentId),
        set === null ? null : (jsonToConvex(set as JSONValue) as Record<string, Value>),
      ),
    "/copy": ({ table, documentId, as }) => backend.copy(String(table), String(documentId), String(as)),
    "/seen": () => ({ seen: facade.seen, holding: facade.faults.holding }),
  };
  const server = createServer(KEPT_ALIVE, (request, response) => {
    const deed = deeds[request.url ?? ""];
    perform(request, deed)
      .then((result) => response.writeHead(200).end(JSON.stringify(result ?? {})))
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function perform(request: IncomingMessage, deed: Deed | undefined): Promise<unknown> {
  if (deed === undefined) {
    throw new Error(`no such deed: ${request.url}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return deed(text === "" ? {} : (JSON.parse(text) as Order));
}
