import { LabelRequirement, LabelSelector } from '../objects/LabelSelector';
import { isLabelKey, isLabelValue } from './labelSyntax';

/**
 * A label selector that cannot be read.
 *
 * @public
 */
export class LabelSelectorError extends Error {
  /** The part of the selector that is wrong, as it was written. */
  readonly part: string;

  constructor(options: { part: string; problem: string }) {
    super(`Label selector: '${options.part}' ${options.problem}`);
    this.name = 'LabelSelectorError';
    this.part = options.part;
  }
}

const SET = /^(\S+?)\s+(in|notin)\s*\((.*)\)$/s;
const COMPARISON = /^([^=!]*?)\s*(==|!=|=)\s*(.*)$/s;
const ABSENT = /^!\s*(.*)$/s;

/** Splits at the commas that are not inside parentheses. */
function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let open = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '(') {
      if (open >= 0) {
        throw new LabelSelectorError({
          part: text.slice(open).trim(),
          problem: 'opens a parenthesis inside a parenthesis',
        });
      }
      open = at;
    } else if (character === ')') {
      if (open < 0) {
        throw new LabelSelectorError({
          part: text.slice(start, at + 1).trim(),
          problem: 'closes a parenthesis that it does not open',
        });
      }
      open = -1;
    } else if (character === ',' && open < 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (open >= 0) {
    throw new LabelSelectorError({
      part: text.slice(start).trim(),
      problem: 'opens a parenthesis that it does not close',
    });
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim());
}

function readKey(key: string, part: string): string {
  if (!isLabelKey(key)) {
    throw new LabelSelectorError({
      part,
      problem: key
        ? `has '${key}' where the key of a label is expected`
        : 'names no label',
    });
  }
  return key;
}

function readValue(value: string, part: string): string {
  if (!isLabelValue(value)) {
    throw new LabelSelectorError({
      part,
      problem: `has '${value}' where the value of a label is expected`,
    });
  }
  return value;
}

function parseRequirement(part: string): LabelRequirement {
  const set = SET.exec(part);
  if (set) {
    return {
      key: readKey(set[1], part),
      operator: set[2] === 'in' ? 'In' : 'NotIn',
      values: set[3].split(',').map(value => readValue(value.trim(), part)),
    };
  }
  const absent = ABSENT.exec(part);
  if (absent) {
    return {
      key: readKey(absent[1], part),
      operator: 'DoesNotExist',
      values: [],
    };
  }
  const comparison = COMPARISON.exec(part);
  if (comparison) {
    return {
      key: readKey(comparison[1].trim(), part),
      operator: comparison[2] === '!=' ? 'NotIn' : 'In',
      values: [readValue(comparison[3].trim(), part)],
    };
  }
  return { key: readKey(part, part), operator: 'Exists', values: [] };
}

/**
 * Reads a label selector in the syntax of Kubernetes: `app=cart,tier!=db,env in (dev,qa),!legacy,team`.
 *
 * An empty text selects everything, as it does for Kubernetes; callers for whom that is a mistake have
 * to refuse it themselves. The numeric operators `<` and `>` are not supported.
 *
 * @throws {@link LabelSelectorError}, naming the part that is wrong.
 * @public
 */
export function parseLabelSelector(text: string): LabelSelector {
  const matchLabels = new Map<string, string>();
  const matchExpressions: LabelRequirement[] = [];
  if (text.trim() !== '') {
    for (const part of splitRequirements(text)) {
      if (part === '') {
        throw new LabelSelectorError({
          part: text.trim(),
          problem: 'has a comma with nothing before or after it',
        });
      }
      const requirement = parseRequirement(part);
      const { key, operator, values } = requirement;
      // A key can be compared twice; both have to hold, and matchLabels has room for one.
      if (
        operator === 'In' &&
        SET.test(part) === false &&
        !matchLabels.has(key)
      ) {
        matchLabels.set(key, values[0]);
      } else {
        matchExpressions.push(requirement);
      }
    }
  }
  return { matchLabels: Object.fromEntries(matchLabels), matchExpressions };
}
