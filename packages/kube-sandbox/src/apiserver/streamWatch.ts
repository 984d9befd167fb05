import { KubeObject } from '../objects/KubeObject';
import { encodeBookmark, encodeObject } from '../rest/encode';
import { ListOptions } from '../rest/listOptions';
import { Selection } from '../rest/Selection';
import { startWatch, Watch, WatchFrame } from '../rest/watch';
import { ResourceRequest } from './ResourceRequest';

/** A watcher that leaves this much unread is cut off, as on the real server; it has to start again. */
const UNREAD_LIMIT = 32 * 1024 * 1024;
/** A watch without `timeoutSeconds` ends after 30 to 60 minutes, as on the real server. */
const DEFAULT_TIMEOUT_SECONDS = 1800;
const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };

/** The last object that was encoded: all watchers of a change get it one after the other. */
let lastEncoded: { object: KubeObject; text: string } | undefined;

function encodePlain(object: KubeObject, encode: () => unknown): string {
  if (lastEncoded?.object !== object) {
    lastEncoded = { object, text: JSON.stringify(encode()) };
  }
  return lastEncoded.text;
}

/** `columnsSent`: the rows of a table do not bring their columns again. */
function encodeFrame(
  request: ResourceRequest,
  frame: WatchFrame,
  columnsSent: boolean,
): string {
  const { encoding, type } = request;
  if (frame.type === 'ERROR') {
    return `{"type":"ERROR","object":${JSON.stringify(frame.status)}}\n`;
  }
  if (frame.type === 'BOOKMARK') {
    const bookmark = encodeBookmark(
      encoding,
      frame.resourceVersion,
      frame.initialEventsEnd ? INITIAL_EVENTS_END : undefined,
    );
    return `{"type":"BOOKMARK","object":${JSON.stringify(bookmark)}}\n`;
  }
  const encode = () => {
    const encoded = encodeObject(encoding, frame.object);
    return encoding.form.as === 'Table' && columnsSent
      ? { ...(encoded as object), columnDefinitions: null }
      : encoded;
  };
  const text =
    encoding.form.as === 'Object' && !type.strategy.storedAs
      ? encodePlain(frame.object, encode)
      : JSON.stringify(encode());
  return `{"type":"${frame.type}","object":${text}}\n`;
}

/** Answers with a stream of frames, one JSON document per line, until the client, the time or the server ends it. */
export function streamWatch(options: {
  request: ResourceRequest;
  selection: Selection;
  options: ListOptions;
}): void {
  const { request, selection } = options;
  const { response } = request.exchange;
  response.setHeader('content-type', 'application/json');
  response.writeHead(200);
  // The headers go out before the first frame: a quiet watch is open all the same.
  if ('flushHeaders' in response) {
    (response as unknown as { flushHeaders(): void }).flushHeaders();
  }

  let watch: Watch | undefined;
  let timeout: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timeout);
    watch?.stop();
    watch = undefined;
  };
  response.on('close', stop);
  response.on('error', stop);
  const lifetimeMs =
    1000 *
    (options.options.timeoutSeconds ||
      DEFAULT_TIMEOUT_SECONDS * (1 + Math.random()));
  let ended = false;
  let columnsSent = false;
  const end = () => {
    ended = true;
    stop();
    response.end();
  };
  watch = startWatch({
    cluster: request.cluster,
    type: request.type,
    selection,
    options: options.options,
    lifetimeMs,
    send: frame => {
      if (ended || response.destroyed) {
        return;
      }
      response.write(encodeFrame(request, frame, columnsSent));
      columnsSent = true;
      if (response.writableLength > UNREAD_LIMIT) {
        // Ending it properly would wait for somebody who does not read.
        ended = true;
        stop();
        response.destroy(new Error('the client does not read its watch'));
      }
    },
    end,
  });
  if (ended) {
    stop();
  } else {
    timeout = setTimeout(end, lifetimeMs);
  }
}
