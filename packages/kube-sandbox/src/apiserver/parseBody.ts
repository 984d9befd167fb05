import { decodeProtobuf } from '../protobuf/decodeProtobuf';
import { WireError } from '../protobuf/readWire';
import { badRequest, unknownBodyFormat } from '../status/errors';
import { strictProblems } from '../schema/strictJson';
import { jsonProblem } from './jsonProblem';
import { parseMediaTypes } from './mediaTypes';
import { parseYaml, YamlError } from './parseYaml';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** The media type of a body; JSON where the client does not say. */
export function mediaTypeOf(contentType: string | undefined): string {
  return parseMediaTypes(contentType ?? '')[0]?.type ?? 'application/json';
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
    throw refuse(jsonProblem(text, error));
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

/** One object as a client sent it. */
export interface ParsedBody {
  data: Record<string, unknown>;
  /** What a strict decoder says against it, read as a type: `unknown field "x"`, `duplicate field "y"`. */
  strictProblems: (type: string) => string[];
}

function sortedKeys(_key: string, value: unknown) {
  return value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}

function parseYamlBody(body: Buffer, refuse: (problem: string) => Error) {
  try {
    const { data, duplicates } = parseYaml(body.toString('utf8'));
    const lines = duplicates.map(line => `\n  ${line}`).join('');
    return {
      data,
      // The real server goes on with the JSON of it, which has sorted keys.
      strictProblems: (type: string) => [
        ...(lines ? [`yaml: unmarshal errors:${lines}`] : []),
        ...strictProblems(JSON.stringify(data, sortedKeys), type),
      ],
    };
  } catch (error) {
    if (error instanceof YamlError) {
      throw refuse(`yaml: ${error.message}`);
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
}): ParsedBody {
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
  let parsed: { data: unknown; strictProblems: ParsedBody['strictProblems'] };
  if (mediaType === 'application/json') {
    parsed = {
      data: parseJson(body, refuseJson),
      strictProblems: type => strictProblems(body.toString('utf8'), type),
    };
  } else if (mediaType === 'application/yaml') {
    parsed = parseYamlBody(body, refuse);
  } else if (mediaType === PROTOBUF) {
    // Fields that are not known have no name there.
    parsed = { data: parseProtobuf(body, refuse), strictProblems: () => [] };
  } else {
    throw unknownBodyFormat();
  }
  const { data } = parsed;
  if (data === null) {
    return { data: {}, strictProblems: () => [] };
  }
  if (typeof data !== 'object' || Array.isArray(data)) {
    throw refuseJson(
      `json: cannot unmarshal ${
        Array.isArray(data) ? 'array' : typeof data
      } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  return { ...parsed, data: data as Record<string, unknown> };
}

/** Parses the body of a DELETE; undefined where there is none. */
export function parseDeleteBody(body: Buffer, contentType: string | undefined) {
  if (body.length === 0) {
    return undefined;
  }
  // An unknown or missing media type is read as JSON, because `curl -d` sends that of a form.
  if (['application/yaml', PROTOBUF].includes(mediaTypeOf(contentType))) {
    return parseObjectBody({ body, contentType, kind: 'DeleteOptions' }).data;
  }
  return parseJson(body, problem =>
    badRequest(`couldn't get version/kind; json parse error: ${problem}`),
  );
}
