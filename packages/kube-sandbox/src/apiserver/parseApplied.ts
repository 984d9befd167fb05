import { parseAllDocuments, YAMLParseError } from 'yaml';
import { Fields } from '../objects/KubeObject';
import { badRequest } from '../status/errors';

/** The body of an apply and what a strict reader says against it. */
export interface AppliedBody {
  applied: Fields;
  /** Keys that are there twice, as `line 6: key "x" already set in map`. */
  duplicates: string[];
}

/** The words of Go's YAML reader for the commonest mistake; others are told in our own. */
const GO_PROBLEMS: Partial<Record<YAMLParseError['code'], string>> = {
  BLOCK_IN_FLOW: "did not find expected ',' or '}'",
};

/** Reads the first document of a body as YAML 1.1 has it (JSON is YAML too); throws a 400 where it is no map. */
export function parseApplied(body: Buffer): AppliedBody {
  const text = body.toString('utf8');
  const refuse = (problem: string) =>
    badRequest(`error decoding YAML: ${problem}`);
  const documents = parseAllDocuments(text, { version: '1.1', merge: true });
  const first = Array.isArray(documents) ? documents[0] : undefined;
  if (!first) {
    return { applied: {}, duplicates: [] };
  }
  const isDuplicate = ({ code }: YAMLParseError) => code === 'DUPLICATE_KEY';
  const problem = first.errors.find(error => !isDuplicate(error));
  if (problem) {
    const [detail] = problem.message.split(/ at line|\n/);
    throw refuse(
      `error converting YAML to JSON: yaml: ${
        GO_PROBLEMS[problem.code] ?? detail
      }`,
    );
  }
  const applied = first.toJS() ?? {};
  if (typeof applied !== 'object' || Array.isArray(applied)) {
    throw refuse(
      `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${
        Array.isArray(applied) ? 'array' : typeof applied
      } into Go value of type map[string]interface {}`,
    );
  }
  const duplicates = first.errors.filter(isDuplicate).map(error => {
    const key = /^\s*(?:"([^"]*)"|([^\s:{,]+))/.exec(text.slice(error.pos[0]));
    return `line ${error.linePos?.[0].line}: key ${JSON.stringify(
      key?.[1] ?? key?.[2] ?? '',
    )} already set in map`;
  });
  return { applied, duplicates };
}
