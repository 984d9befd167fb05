import { Fields } from '../../objects/KubeObject';
import {
  labelValueProblems,
  qualifiedNameProblems,
} from '../../selectors/labelSyntax';
import { invalidValue, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { oneOf, problemsOf } from './fieldChecks';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];

/** Keys and values of labels at a path. */
export function validateLabelsAt(
  labels: Record<string, string> | undefined,
  path: string,
): StatusCause[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...problemsOf(key, path, qualifiedNameProblems),
    ...problemsOf(value, path, labelValueProblems),
  ]);
}

function validateToleration(toleration: Fields, at: string): StatusCause[] {
  const { key, operator, value, effect, tolerationSeconds } = toleration;
  const causes = key ? problemsOf(key, `${at}.key`, qualifiedNameProblems) : [];
  if (!key && operator !== 'Exists') {
    causes.push(
      invalidValue(
        `${at}.operator`,
        operator ?? '',
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    );
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    causes.push(
      invalidValue(
        `${at}.effect`,
        effect ?? '',
        "effect must be 'NoExecute' when `tolerationSeconds` is set",
      ),
    );
  }
  if (operator === 'Exists') {
    if (value) {
      causes.push(
        invalidValue(
          `${at}.operator`,
          value,
          "value must be empty when `operator` is 'Exists'",
        ),
      );
    }
  } else if (operator === undefined || operator === 'Equal') {
    causes.push(
      ...problemsOf(value ?? '', `${at}.operator`, labelValueProblems),
    );
  } else {
    causes.push(...oneOf(operator, `${at}.operator`, ['Equal', 'Exists']));
  }
  return [...causes, ...(effect ? oneOf(effect, `${at}.effect`, EFFECTS) : [])];
}

/** What is wrong with how pods are to be spread. */
export function validateSpread(spec: Fields, path: string): StatusCause[] {
  return (spec.topologySpreadConstraints ?? []).flatMap(
    (constraint: Fields, index: number) => {
      const at = `${path}.topologySpreadConstraints[${index}]`;
      return [
        ...(constraint.maxSkew > 0
          ? []
          : [
              invalidValue(
                `${at}.maxSkew`,
                constraint.maxSkew ?? 0,
                'must be greater than zero',
              ),
            ]),
        ...(constraint.topologyKey
          ? []
          : [required(`${at}.topologyKey`, 'can not be empty')]),
        ...oneOf(
          constraint.whenUnsatisfiable ?? '',
          `${at}.whenUnsatisfiable`,
          UNSATISFIABLE,
        ),
      ];
    },
  );
}

/** What is wrong with the nodes that a pod asks for. */
export function validateAffinity(spec: Fields, path: string): StatusCause[] {
  const kind = 'requiredDuringSchedulingIgnoredDuringExecution';
  const wanted = spec.affinity?.nodeAffinity?.[kind];
  return wanted && !wanted.nodeSelectorTerms?.length
    ? [
        required(
          `${path}.affinity.nodeAffinity.${kind}.nodeSelectorTerms`,
          'must have at least one node selector term',
        ),
      ]
    : [];
}

/** What is wrong with the taints that a pod tolerates. */
export function validateTolerations(spec: Fields, path: string): StatusCause[] {
  return (spec.tolerations ?? []).flatMap((toleration: Fields, index: number) =>
    validateToleration(toleration, `${path}.tolerations[${index}]`),
  );
}
