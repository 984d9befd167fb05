import { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';

/** The head of an answer, and its body as it comes. */
export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}

/** What a connection needs to send a request. */
export interface RawRequest {
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  signal: AbortSignal;
}
