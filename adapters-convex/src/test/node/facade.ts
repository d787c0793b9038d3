import { Backend } from "./facade/backend.js";
import { control } from "./facade/control.js";
import { Gate } from "./facade/gate.js";
import { Facade } from "./facade/server.js";

// A process that stands for a deployment. It prints one line with its ports, and ends with its input.
// Its issuer, keys and audiences are those of a deployment's environment; its key is OA_FACADE_ADMIN_KEY.

const backend = await Backend.start();
const gate = new Gate(backend.auth, process.env.OA_FACADE_ADMIN_KEY ?? "facade|0123456789abcdef");
const facade = new Facade(backend, gate);
const ports = { port: await facade.up(), control: (await control(facade, backend)).port };
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on("close", () => process.exit(0)).resume();
