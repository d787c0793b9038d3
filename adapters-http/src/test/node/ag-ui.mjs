// The official AG-UI client: its parser, its schemas, its verifier, and the agent that a page would use.
import { HttpAgent, enforceEvents, parseSSEStream, runHttpRequest, verifyEvents } from '@ag-ui/client';
import { lastValueFrom, toArray } from 'rxjs';

/** Reads a stream through the client's transport, schemas and verifier; fails where they do. */
export async function verified(url, { headers = {}, fetch = globalThis.fetch } = {}) {
  const events = parseSSEStream(runHttpRequest(() => fetch(url, { headers })));
  return withoutWarnings(() => verify(events));
}

/** Takes events through the schemas and the verifier. */
export function verify(events) {
  return lastValueFrom(events.pipe(enforceEvents(), verifyEvents(), toArray()), { defaultValue: [] });
}

/** The client takes away what its schemas do not know, and warns; here that is a failure. */
export async function withoutWarnings(action) {
  const { warn } = console;
  const warnings = [];
  console.warn = (...words) => warnings.push(words.join(' '));
  try {
    const result = await action();
    if (warnings.length > 0) {
      throw new Error(warnings.join('\n'));
    }
    return result;
  } finally {
    console.warn = warn;
  }
}

/** The client's agent, which reads a run that is there instead of asking for a new one. */
class StreamAgent extends HttpAgent {
  requestInit() {
    return { headers: { ...this.headers, accept: 'text/event-stream' }, signal: this.abortController.signal };
  }
}

/** The client cancels a body that has failed, and nobody hears that this fails too. */
function withCalmCancel(fetch) {
  return async (url, init) => {
    const response = await fetch(url, init);
    const body = response.body.getReader();
    const reader = { read: () => body.read(), cancel: () => body.cancel().catch(() => {}) };
    return { ok: response.ok, status: response.status, headers: response.headers, body: { getReader: () => reader } };
  };
}

/** What an agent has after it has read a stream, and what its subscriber was told. */
export async function agent(url, { headers = {}, fetch = globalThis.fetch } = {}) {
  const reader = new StreamAgent({ url, headers, fetch: withCalmCancel(fetch) });
  const told = { outcomes: [], errors: [], notices: [] };
  let failure;
  const subscriber = {
    onRunFinishedEvent: ({ outcome }) => void told.outcomes.push(outcome),
    onRunErrorEvent: ({ event }) => void told.errors.push([event.code, event.message]),
    onCustomEvent: ({ event }) => void told.notices.push([event.name, event.value]),
  };
  await withoutWarnings(() => reader.runAgent({}, subscriber)).catch((error) => (failure = error.message));
  return { messages: reader.messages, interrupts: reader.pendingInterrupts, failure, ...told };
}
