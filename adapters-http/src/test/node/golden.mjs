// Serves the streams that core's tests hold on file, as the runtime serves them: resumable by cursor.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';

const files = new URL('../../../../core/src/test/resources/stream/', import.meta.url);

/** Where the streams of logs lie of which pieces aged out. */
export const aged = new URL('../../../../core/src/test/resources/stream-aged/', import.meta.url);

/** The names of the runs on file. */
export const runs = [...new Set(readdirSync(files).map((file) => file.split('.')[0]))].sort();

/** The bytes of a run's stream: `events`, `ag-ui`, or `ai-sdk` for a version (5 where versions do not differ). */
export function golden(run, format, aiSdk = 5, from = files) {
  const names = format === 'ai-sdk' ? [`${run}.ai-sdk-${aiSdk}.sse`, `${run}.ai-sdk-5.sse`] : [`${run}.${format}.sse`];
  const present = readdirSync(from);
  return readFileSync(new URL(names.find((name) => present.includes(name)), from));
}

/** Where each event of a stream ends, by its sequence; `[DONE]` is beyond them. */
export function ends(bytes) {
  const ends = new Map();
  let at = 0;
  for (let end; (end = bytes.indexOf('\n\n', at)) >= 0; at = end + 2) {
    const id = /^id: (\d+)/m.exec(bytes.toString('utf8', at, end));
    if (id) {
      ends.set(Number(id[1]), end + 2);
    }
  }
  return ends;
}

/**
 * Starts a server of all runs: `/runs/{run}/stream?format=&aiSdk=&cursor=`.
 *
 * `plan(request)` may say after how many bytes to break the connection of a request, answer with a status, or
 * `damage` the text of a stream.
 */
export async function serve(plan = () => ({}), from = files) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const query = url.searchParams;
    const run = url.pathname.split('/')[2];
    const { cut, status, damage = (text) => text } = plan(request);
    const bytes = golden(run, query.get('format') ?? 'ai-sdk', query.get('aiSdk') ?? 5, from);
    const stops = ends(bytes);
    const cursor = Number(request.headers['last-event-id'] ?? query.get('cursor') ?? 0);
    if (status !== undefined) {
      response.writeHead(status).end('{"error":{"code":"planned"}}');
    } else if (!Number.isInteger(cursor) || cursor < 0 || cursor > stops.size) {
      response.writeHead(400).end('{"error":{"code":"invalid_request"}}');
    } else if (cursor === stops.size) {
      response.writeHead(204).end();
    } else {
      const rest = bytes.subarray(cursor === 0 ? 0 : stops.get(cursor));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' });
      if (cut === undefined) {
        response.end(damage(rest.toString()));
      } else {
        response.write(Buffer.concat([Buffer.from(':\n\n'), rest.subarray(0, cut)]), () => response.socket.destroy());
      }
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  return {
    stream: (run, format = 'ai-sdk', aiSdk = 5) => `${base}/runs/${run}/stream?format=${format}&aiSdk=${aiSdk}`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
