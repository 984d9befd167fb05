import { KubeObject } from '../objects/KubeObject';
import { badRequest, invalid } from '../status/errors';
import { forbiddenField, invalidValue } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';
import { goTimeProblem } from './goTime';
import { booleanParameter } from './listOptions';

/** The parameters of `pods/log`, checked. */
export interface PodLogOptions {
  container?: string;
  follow: boolean;
  /** What the kubelet is asked, in the order of their names. */
  query: URLSearchParams;
}

const NUMBERS = ['limitBytes', 'sinceSeconds', 'tailLines'] as const;
const SWITCHES = ['follow', 'previous', 'timestamps'] as const;

/** An integer as Go reads it; throws a 400 in its words. */
function integer(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) {
    return undefined;
  }
  const refuse = (problem: string) =>
    badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(value)}: ${problem}`,
    );
  if (!/^[+-]?\d+$/.test(value)) {
    throw refuse('invalid syntax');
  }
  if (BigInt.asIntN(64, BigInt(value)) !== BigInt(value)) {
    throw refuse('value out of range');
  }
  return Number(value);
}

function sinceTime(query: URLSearchParams): string | undefined {
  const value = query.get('sinceTime');
  // Go reads an empty time and `null` as none.
  if (!value || value === 'null') {
    return undefined;
  }
  const problem = goTimeProblem(value);
  if (problem) {
    throw badRequest(problem);
  }
  return new Date(value).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Reads and checks the parameters of a log; throws the 400 or 422 of the real server. */
export function parsePodLogOptions(
  name: string,
  query: URLSearchParams,
): PodLogOptions {
  const numbers = Object.fromEntries(
    NUMBERS.map(parameter => [parameter, integer(query, parameter)]),
  );
  const { tailLines, limitBytes, sinceSeconds } = numbers;
  const since = sinceTime(query);
  const causes: StatusCause[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    causes.push(
      invalidValue(
        'tailLines',
        tailLines,
        'must be greater than or equal to 0',
      ),
    );
  }
  if (limitBytes !== undefined && limitBytes < 1) {
    causes.push(
      invalidValue('limitBytes', limitBytes, 'must be greater than 0'),
    );
  }
  if (sinceSeconds !== undefined && since !== undefined) {
    causes.push(
      forbiddenField(
        '[]',
        'at most one of `sinceTime` or `sinceSeconds` may be specified',
      ),
    );
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    causes.push(
      invalidValue('sinceSeconds', sinceSeconds, 'must be greater than 0'),
    );
  }
  if (query.get('stream')) {
    causes.push(forbiddenField('stream', 'may not be specified'));
  }
  if (causes.length > 0) {
    throw invalid({ group: '', kind: 'PodLogOptions', name }, causes);
  }
  const asked = new URLSearchParams();
  for (const parameter of SWITCHES) {
    if (booleanParameter(query, parameter)) {
      asked.set(parameter, 'true');
    }
  }
  for (const [parameter, value] of Object.entries(numbers)) {
    if (value !== undefined) {
      asked.set(parameter, String(value));
    }
  }
  if (since !== undefined) {
    asked.set('sinceTime', since);
  }
  asked.sort();
  return {
    container: query.get('container') || undefined,
    follow: asked.has('follow'),
    query: asked,
  };
}

/** The container of a pod that is meant; a 400 where that is not clear. */
export function containerOf(
  { metadata, spec }: KubeObject,
  asked: string | undefined,
): string {
  const names = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(
    list => (spec?.[list] ?? []).map(({ name }: { name: string }) => name),
  );
  if (asked) {
    if (!names.includes(asked)) {
      throw badRequest(
        `container ${asked} is not valid for pod ${metadata.name}`,
      );
    }
    return asked;
  }
  const [only, ...others] = spec?.containers ?? [];
  if (others.length > 0) {
    throw badRequest(
      `a container name must be specified for pod ${
        metadata.name
      }, choose one of: [${names.join(' ')}]`,
    );
  }
  return only.name;
}
