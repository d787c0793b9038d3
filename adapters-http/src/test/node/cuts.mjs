// Reads a stream through connections that break, and compares with what an unbroken one gives.
import { readRun } from '../../../../docs/clients/reader.mjs';

/** Waits for nothing, but not for ever: a reader that makes no progress is a failure. */
function noWait() {
  let waits = 0;
  return async () => {
    waits += 1;
    if (waits > 1000) {
      throw new Error('the reader does not come on');
    }
  };
}

/** Everything that a reader gets of a run: the texts of its events, in order. */
export async function read(url, options = {}) {
  const events = [];
  for await (const event of readRun(url, { wait: noWait(), ...options })) {
    events.push(event);
  }
  return events;
}

export const textOf = (events) => events.map((event) => event.raw).join('');

/** A fetch whose first answers break after so many bytes each; later ones are whole. */
export function cutting(...cuts) {
  const requests = [];
  const cut = async (url, init) => {
    requests.push(init.headers?.['last-event-id']);
    const response = await fetch(url, init);
    const bytes = cuts.shift();
    if (bytes === undefined || response.status !== 200) {
      return response;
    }
    return new Response(broken(response.body, bytes), response);
  };
  return Object.assign(cut, { requests });
}

/** A fetch without a network: answers from a stream's bytes, and breaks off the first answer. */
export function inMemory(bytes, stops, cut) {
  let answers = 0;
  return async (_, { headers }) => {
    const last = headers['last-event-id'];
    if (Number(last) === stops.size) {
      return { status: 204 };
    }
    const body = bytes.subarray(last === undefined ? 0 : stops.get(Number(last)));
    answers += 1;
    return { status: 200, body: answers === 1 ? broken(whole(body), cut) : whole(body) };
  };
}

function whole(bytes) {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function broken(body, bytes) {
  const reader = body.getReader();
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = left > 0 ? await reader.read() : { done: true };
      if (!done) {
        controller.enqueue(value.subarray(0, left));
        left -= value.length;
      }
      if (done || left <= 0) {
        reader.cancel().catch(() => {});
        controller.error(new TypeError('the connection broke'));
      }
    },
  });
}
