import { parseAllDocuments } from 'yaml';
import { badRequest, unknownBodyFormat } from '../status/errors';
import { parseMediaTypes } from './mediaTypes';

/** The media type of a body; JSON where the client does not say. */
export function mediaTypeOf(contentType: string | undefined): string {
  return parseMediaTypes(contentType ?? '')[0]?.type ?? 'application/json';
}

/** The problem that Go's JSON decoder would name; Node names it in other words. */
function goProblem(text: string, error: unknown): string {
  if (text.trim() === '') {
    return 'unexpected end of JSON input';
  }
  const position = /position (\d+)/.exec(String(error))?.[1];
  const character = position === undefined ? '' : text[Number(position)];
  if (!character) {
    return 'unexpected end of JSON input';
  }
  const before = text.slice(0, Number(position)).trimEnd().slice(-1);
  const wanted =
    before === '{' ? 'beginning of object key string' : 'beginning of value';
  return `invalid character '${character}' looking for ${wanted}`;
}

/** Parses JSON; throws what `refuse` makes of Go's description of the problem. */
export function parseJson(
  body: Buffer,
  refuse: (problem: string) => Error,
): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(goProblem(text, error));
  }
}

/** Parses the body of a POST or PUT, which has to be one object in JSON or YAML. */
export function parseObjectBody(options: {
  body: Buffer;
  contentType: string | undefined;
  /** Kind that is expected, for messages. */
  kind: string;
}): Record<string, unknown> {
  const { body, contentType, kind } = options;
  const mediaType = mediaTypeOf(contentType);
  const refuse = (problem: string) =>
    badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${problem} (${
        body.length === 0 ? '<empty>' : body.subarray(0, 32).toString('hex')
      })`,
    );
  let data: unknown;
  if (mediaType === 'application/json') {
    data = parseJson(body, refuse);
  } else if (mediaType === 'application/yaml') {
    const documents = parseAllDocuments(body.toString('utf8'));
    const first = Array.isArray(documents) ? documents[0] : undefined;
    if (!first || first.errors.length > 0) {
      throw refuse(first?.errors[0]?.message ?? 'unexpected end of JSON input');
    }
    data = first.toJS();
  } else {
    throw unknownBodyFormat();
  }
  if (data === null || typeof data !== 'object' || Array.isArray(data)) {
    throw refuse(
      `json: cannot unmarshal ${
        Array.isArray(data) ? 'array' : typeof data
      } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  return data as Record<string, unknown>;
}

/** Parses the body of a DELETE; undefined where there is none. */
export function parseDeleteBody(body: Buffer, contentType: string | undefined) {
  if (body.length === 0) {
    return undefined;
  }
  // kubectl and client-go send DeleteOptions as JSON or YAML.
  if (mediaTypeOf(contentType) === 'application/yaml') {
    return parseObjectBody({ body, contentType, kind: 'DeleteOptions' });
  }
  return parseJson(body, problem =>
    badRequest(`couldn't get version/kind; json parse error: ${problem}`),
  );
}
