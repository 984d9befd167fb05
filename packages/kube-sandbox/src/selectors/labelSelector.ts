import { badRequest } from '../status/errors';
import { labelValueProblems, qualifiedNameProblems } from './labelSyntax';

/** One requirement of a label selector; all of them must hold. */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  values: readonly string[];
}

export type Labels = Readonly<Record<string, string>> | undefined;

/** Whether labels satisfy all requirements. */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Labels,
): boolean {
  return requirements.every(requirement => matches(requirement, labels));
}

function matches({ key, operator, values }: LabelRequirement, labels: Labels) {
  const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    default: {
      if (value === undefined || !/^-?\d+$/.test(value)) {
        return false;
      }
      return operator === 'gt'
        ? BigInt(value) > BigInt(values[0])
        : BigInt(value) < BigInt(values[0]);
    }
  }
}

/** A LabelSelector as objects carry it in their spec. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** A LabelSelector of an object's spec as text, such as `app=cart,tier in (a,b)`. */
export function selectorText(selector: LabelSelector): string {
  return requirementsOf(selector)
    .map(({ key, operator, values }) => {
      switch (operator) {
        case 'exists':
          return key;
        case 'absent':
          return `!${key}`;
        default:
          return values.length === 1 && operator === 'in'
            ? `${key}=${values[0]}`
            : `${key} ${operator} (${[...values].sort().join(',')})`;
      }
    })
    .join(',');
}

/** A LabelSelector of an object's spec as requirements. */
export function requirementsOf(selector: LabelSelector): LabelRequirement[] {
  const operators: Record<string, LabelRequirement['operator']> = {
    In: 'in',
    NotIn: 'notin',
    Exists: 'exists',
    DoesNotExist: 'absent',
  };
  return [
    ...Object.entries(selector.matchLabels ?? {}).map(
      ([key, value]): LabelRequirement => ({
        key,
        operator: 'in',
        values: [value],
      }),
    ),
    ...(selector.matchExpressions ?? []).map(
      (expression): LabelRequirement => ({
        key: expression.key,
        operator: operators[expression.operator] ?? 'in',
        values: expression.values ?? [],
      }),
    ),
  ];
}

const problem = (detail: string) =>
  badRequest(`unable to parse requirement: ${detail}`);

const EXPECTED = 'in, notin, =, ==, !=, gt, lt';

function tokens(text: string): string[] {
  return text.match(/==|!=|[=!(),<>]|[^=!(),<>\s]+/g) ?? [];
}

const isIdentifier = (token: string | undefined) =>
  token !== undefined && !/^(==|!=|[=!(),<>])$/.test(token);

/**
 * Parses the `labelSelector` parameter: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, `a<1`.
 * Throws a 400 with the real server's words.
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const list = tokens(text);
  const requirements: LabelRequirement[] = [];
  let index = 0;
  const next = () => list[index++];
  const peek = () => list[index];

  const key = () => {
    const token = next();
    if (!isIdentifier(token)) {
      throw problem(`found '${token ?? ''}', expected: identifier`);
    }
    const problems = qualifiedNameProblems(token);
    if (problems.length > 0) {
      throw problem(
        `<nil>: Invalid value: ${JSON.stringify(token)}: ${problems.join(
          '; ',
        )}`,
      );
    }
    return token;
  };
  const checkedValue = (of: string, value: string) => {
    const problems = labelValueProblems(value);
    if (problems.length > 0) {
      throw problem(
        `values[0][${of}]: Invalid value: ${JSON.stringify(
          value,
        )}: ${problems.join('; ')}`,
      );
    }
    return value;
  };
  const valueSet = (of: string) => {
    if (peek() !== '(') {
      throw problem(`found '${peek() ?? ''}' expected: '('`);
    }
    next();
    const values: string[] = [];
    let afterComma = true;
    for (;;) {
      const token = next();
      if (token === ')') {
        if (afterComma) {
          values.push('');
        }
        return values;
      } else if (token === ',') {
        if (afterComma) {
          values.push('');
        }
        afterComma = true;
      } else if (isIdentifier(token) && afterComma) {
        values.push(checkedValue(of, token));
        afterComma = false;
      } else {
        throw problem(
          afterComma
            ? `found '${token ?? ''}', expected: ',', ')' or identifier`
            : `found '${token ?? ''}', expected: ',' or ')'`,
        );
      }
    }
  };

  if (list.length > 0 && list[0] !== '!' && !isIdentifier(list[0])) {
    throw badRequest(
      `found '${list[0]}', expected: !, identifier, or 'end of string'`,
    );
  }
  while (index < list.length) {
    if (peek() === '!') {
      next();
      requirements.push({ key: key(), operator: 'absent', values: [] });
    } else {
      const name = key();
      const operator = peek();
      if (operator === undefined || operator === ',') {
        requirements.push({ key: name, operator: 'exists', values: [] });
      } else if (operator === 'in' || operator === 'notin') {
        next();
        requirements.push({ key: name, operator, values: valueSet(name) });
      } else if (['=', '==', '!='].includes(operator)) {
        next();
        const token = peek();
        let value = '';
        if (isIdentifier(token)) {
          value = checkedValue(name, next());
        } else if (token !== undefined && token !== ',') {
          throw problem(`found '${token}', expected: identifier`);
        }
        requirements.push({
          key: name,
          operator: operator === '!=' ? 'notin' : 'in',
          values: [value],
        });
      } else if (['>', '<', 'gt', 'lt'].includes(operator)) {
        next();
        const value = next() ?? '';
        if (!/^-?\d+$/.test(value)) {
          throw problem(
            `values[0][${name}]: Invalid value: ${JSON.stringify(
              value,
            )}: for 'Gt', 'Lt' operators, the value must be an integer`,
          );
        }
        requirements.push({
          key: name,
          operator: operator === '>' || operator === 'gt' ? 'gt' : 'lt',
          values: [value],
        });
      } else {
        throw problem(`found '${operator}', expected: ${EXPECTED}`);
      }
    }
    const separator = next();
    if (separator !== undefined && separator !== ',') {
      throw badRequest(
        `found '${separator}', expected: ',' or 'end of string'`,
      );
    }
    if (separator === ',' && peek() !== '!' && !isIdentifier(peek())) {
      throw badRequest(
        `found '${peek() ?? ''}', expected: identifier after ','`,
      );
    }
  }
  return requirements;
}
