// The official client: its own transport, schema and chat state, as a page would use them to resume a chat.
import * as ai5 from 'ai5';
import * as ai6 from 'ai6';
import * as ai7 from 'ai7';
import * as newest from 'ai-newest';

/** The pinned clients: the first of each version, which is strict, and the newest. */
export const clients = [
  { name: 'ai 5.0.100', ai: ai5, aiSdk: 5 },
  { name: 'ai 6.0.0', ai: ai6, aiSdk: 6 },
  { name: 'ai 7.0.0', ai: ai7, aiSdk: 7 },
  { name: 'ai 7.0.173', ai: newest, aiSdk: 7 },
  { name: 'ai 6.0.0 with the portable set', ai: ai6, aiSdk: 5 },
  { name: 'ai 7.0.0 with the portable set', ai: ai7, aiSdk: 5 },
  { name: 'ai 7.0.173 with the portable set', ai: newest, aiSdk: 5 },
];

class ChatState {
  status = 'ready';
  error = undefined;
  messages = [];

  pushMessage = (message) => (this.messages = [...this.messages, structuredClone(message)]);
  popMessage = () => (this.messages = this.messages.slice(0, -1));
  replaceMessage = (index, message) =>
    (this.messages = this.messages.map((old, i) => (i === index ? structuredClone(message) : old)));
  snapshot = (thing) => structuredClone(thing);
}

/** Lets a client resume from a stream: what it then shows, and what its listeners were told. */
export function chat(client, url, headers = {}, fetch = globalThis.fetch) {
  const prepareReconnectToStreamRequest = () => ({ api: url, headers });
  return shown(client, { fetch, prepareReconnectToStreamRequest }, (chat) => chat.resumeStream());
}

/** Lets a client send a message, for which `url` is sent `body`: the same of that. */
export function send(client, url, body) {
  const headers = { accept: 'text/event-stream' };
  const prepareSendMessagesRequest = () => ({ api: url, headers, body });
  return shown(client, { prepareSendMessagesRequest }, (chat) => chat.sendMessage({ text: 'Hello' }));
}

async function shown({ ai }, transport, action) {
  const told = { data: [], errors: [], finishReason: undefined };
  class Chat extends ai.AbstractChat {}
  const chat = new Chat({
    id: 'chat',
    state: new ChatState(),
    transport: new ai.DefaultChatTransport(transport),
    onData: (part) => told.data.push(part),
    onError: (error) => told.errors.push(error.message),
    onFinish: ({ finishReason }) => (told.finishReason = finishReason),
  });
  await action(chat);
  return { status: chat.status, messages: chat.messages, ...told };
}

/** Checks every chunk of a stream against the client's own schema; returns what it refuses. */
export async function refusedBySchema({ ai }, url, headers = {}) {
  const response = await fetch(url, { headers });
  const stream = ai.parseJsonEventStream({ stream: response.body, schema: ai.uiMessageChunkSchema });
  const refused = [];
  let chunks = 0;
  for await (const part of stream) {
    chunks += 1;
    if (!part.success) {
      refused.push(part.error.message);
    }
  }
  return { chunks, refused };
}
