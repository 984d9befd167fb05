import { parseAllDocuments } from 'yaml';
import { decodeProtobuf } from '../protobuf/decodeProtobuf';
import { WireError } from '../protobuf/readWire';
import { badRequest, unknownBodyFormat } from '../status/errors';
import { parseMediaTypes } from './mediaTypes';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

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

/** The start of a body that was not understood, as the real server shows it. */
function summary(body: Buffer): string {
  if (body.length === 0) {
    return '<empty>';
  }
  const start = body.subarray(0, 1024);
  const text = start.toString(body[0] === 0x7b ? 'utf8' : 'hex');
  return body.length > start.length ? `${text} ...` : text;
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

function parseProtobuf(
  body: Buffer,
  refuse: (problem: string) => Error,
): unknown {
  try {
    return decodeProtobuf(body);
  } catch (error) {
    if (error instanceof WireError || error instanceof SyntaxError) {
      throw refuse(error.message);
    }
    throw error;
  }
}

/** Parses the body of a POST or PUT, which has to be one object in JSON, YAML or protobuf. */
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
      `the object provided is unrecognized (must be of type ${kind}): ${problem} (${summary(
        body,
      )})`,
    );
  const refuseJson = (problem: string) =>
    refuse(`couldn't get version/kind; json parse error: ${problem}`);
  let data: unknown;
  if (mediaType === 'application/json') {
    data = parseJson(body, refuseJson);
  } else if (mediaType === 'application/yaml') {
    const documents = parseAllDocuments(body.toString('utf8'));
    const first = Array.isArray(documents) ? documents[0] : undefined;
    if (!first || first.errors.length > 0) {
      throw refuse(`yaml: ${first?.errors[0]?.message ?? 'no document'}`);
    }
    data = first.toJS();
  } else if (mediaType === PROTOBUF) {
    data = parseProtobuf(body, refuse);
  } else {
    throw unknownBodyFormat();
  }
  if (data === null) {
    return {};
  }
  if (typeof data !== 'object' || Array.isArray(data)) {
    throw refuseJson(
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
  // An unknown or missing media type is read as JSON, because `curl -d` sends that of a form.
  if (['application/yaml', PROTOBUF].includes(mediaTypeOf(contentType))) {
    return parseObjectBody({ body, contentType, kind: 'DeleteOptions' });
  }
  return parseJson(body, problem =>
    badRequest(`couldn't get version/kind; json parse error: ${problem}`),
  );
}
