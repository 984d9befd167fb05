import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ApiExchange } from '../apiserver/ApiExchange';
import { parseMediaTypes } from '../apiserver/mediaTypes';
import index from './openapi.generated.json';

/** A document in one media type, compressed in the folder `openapi` of this package. */
interface StoredDocument {
  file: string;
  /** Size when it is not compressed. */
  bytes: number;
  hash: string;
}

const documents = index as Readonly<
  Record<string, Readonly<Record<string, StoredDocument>>>
>;

const YEAR_MS = 365 * 24 * 3600_000;

const urlOf = (path: string) =>
  `/openapi/${path}?hash=${documents[path]['application/json'].hash}`;

/** The list of the OpenAPI v3 documents, by group and version. */
function listOfDocuments() {
  return {
    paths: Object.fromEntries(
      Object.keys(documents)
        .filter(path => path.startsWith('v3/'))
        .map(path => [path.slice(3), { serverRelativeURL: urlOf(path) }]),
    ),
  };
}

/** The media type in which a document is sent, out of those it is stored in. */
function mediaTypeFor(
  accept: string | undefined,
  stored: readonly string[],
): string | undefined {
  const wanted = parseMediaTypes(accept ?? '*/*').map(({ type }) => type);
  for (const type of wanted) {
    if (type === '*/*' || type === 'application/*') {
      return 'application/json';
    }
    // Clients name it with a dot too, as the answers of the real server do.
    const found = stored.find(
      name => name === type || name.replace('@', '.') === type,
    );
    if (found) {
      return found;
    }
  }
  return undefined;
}

async function sendFile(exchange: ApiExchange, stored: StoredDocument) {
  const { response } = exchange;
  const folder = join(
    dirname(require.resolve('@koala-ops/kube-sandbox/package.json')),
    'openapi',
  );
  const file = join(folder, stored.file);
  const compressed = /\bgzip\b/.test(exchange.header('accept-encoding') ?? '');
  if (compressed) {
    response.setHeader('content-encoding', 'gzip');
  } else {
    response.setHeader('content-length', stored.bytes);
  }
  response.writeHead(200);
  if (exchange.method === 'HEAD') {
    response.end();
  } else if (compressed) {
    await pipeline(createReadStream(file), response);
  } else {
    await pipeline(createReadStream(file), createGunzip(), response);
  }
}

async function sendDocument(exchange: ApiExchange, path: string) {
  const { response } = exchange;
  const forms = documents[path];
  const finish = (code: number) => {
    response.writeHead(code);
    response.end();
  };
  if (!forms) {
    finish(404);
    return;
  }
  response.setHeader('vary', 'Accept-Encoding, Accept');
  const mediaType = mediaTypeFor(exchange.header('accept'), Object.keys(forms));
  if (!mediaType) {
    finish(406);
    return;
  }
  response.setHeader('content-type', mediaType.replace('@', '.'));
  const { hash } = forms['application/json'];
  const etag = `"${hash}"`;
  response.setHeader('etag', etag);
  const asked = exchange.query.get('hash');
  if (asked && asked !== hash) {
    response.setHeader('location', urlOf(path));
    finish(301);
    return;
  }
  if (asked) {
    response.setHeader('cache-control', 'public, immutable');
    const expires = new Date(Date.now() + YEAR_MS).toUTCString();
    response.setHeader('expires', expires);
  }
  if (exchange.header('if-none-match')?.split(/,\s*/).includes(etag)) {
    response.removeHeader('content-type');
    finish(304);
    return;
  }
  await sendFile(exchange, forms[mediaType]);
}

/**
 * Answers a request below `/openapi`; false where there is nothing at the path. The documents are the real server's,
 * cut down to what is served here; they are read from disk for each request, because together they are large.
 */
export async function sendOpenApi(exchange: ApiExchange): Promise<boolean> {
  const { path } = exchange;
  if (path === '/openapi/v3') {
    await exchange.sendBody(
      200,
      'text/plain; charset=utf-8',
      JSON.stringify(listOfDocuments()),
    );
  } else if (path === '/openapi/v2' || path.startsWith('/openapi/v3/')) {
    await sendDocument(exchange, path.slice('/openapi/'.length));
  } else {
    return false;
  }
  return true;
}
