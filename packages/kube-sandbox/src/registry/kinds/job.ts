import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { matchesLabels, requirementsOf } from '../../selectors/labelSelector';
import { selectable } from '../../selectors/fieldSelector';
import { invalidValue, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';
import { sortedByKey } from './fieldChecks';
import { validateJobSpec } from './jobSpec';
import { defaultTemplate } from './podTemplate';

/** What the limit of the whole Job is where each index has its own. */
const NO_LIMIT = 2 ** 31 - 1;

const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];

function generatedLabels({ metadata }: KubeObject): Record<string, string> {
  return Object.fromEntries([
    ...UID_LABELS.map(label => [label, metadata.uid]),
    ...NAME_LABELS.map(label => [label, metadata.name]),
  ]);
}

/** Labels that a manifest set by itself where they are generated. */
function validateLabels(object: KubeObject): StatusCause[] {
  if (object.spec!.manualSelector) {
    return [];
  }
  const labels: Fields = object.spec!.template.metadata.labels ?? {};
  const { metadata } = object;
  return [
    ['controller-uid', metadata.uid],
    ['job-name', metadata.name],
    ['batch.kubernetes.io/controller-uid', metadata.uid],
    ['batch.kubernetes.io/job-name', metadata.name],
  ].flatMap(([label, wanted]) => {
    const field = `spec.template.metadata.labels[${label}]`;
    const detail = `must be '${wanted}'`;
    if (labels[label!] === undefined) {
      return [required(field, detail)];
    }
    return labels[label!] === wanted
      ? []
      : [invalidValue(field, labels, detail)];
  });
}

const GENERATED = 'batch.kubernetes.io/controller-uid';

function validateSelector({ spec }: KubeObject): StatusCause[] {
  if (!spec!.selector) {
    return [required('spec.selector')];
  }
  const labels = spec!.template.metadata.labels;
  const { matchLabels = {}, matchExpressions = [] } = spec!.selector;
  const isGenerated =
    matchExpressions.length === 0 &&
    Object.keys(matchLabels).join() === GENERATED;
  return [
    ...(spec!.manualSelector || isGenerated
      ? []
      : [
          invalidValue(
            'spec.selector',
            {
              ...spec!.selector,
              ...(spec!.selector.matchLabels && {
                matchLabels: sortedByKey(matchLabels),
              }),
            },
            '`selector` not auto-generated',
          ),
        ]),
    ...(matchesLabels(requirementsOf(spec!.selector), labels)
      ? []
      : [
          invalidValue(
            'spec.template.metadata.labels',
            labels && sortedByKey(labels),
            '`selector` does not match template `labels`',
          ),
        ]),
  ];
}

/** The template without what may change while a Job that has not begun is suspended. */
function fixedTemplate(template: Fields, old: KubeObject): Fields {
  if (!old.spec!.suspend || old.status?.startTime) {
    return template;
  }
  const { metadata, spec, ...rest } = template;
  const { nodeSelector, tolerations, schedulingGates, ...podSpec } = spec;
  const { nodeAffinity, ...affinity } = podSpec.affinity ?? {};
  const { labels, annotations, ...kept } = metadata ?? {};
  return { ...rest, metadata: kept, spec: { ...podSpec, affinity } };
}

function validateCompletions(object: KubeObject, old: KubeObject) {
  const { completions, parallelism, completionMode } = object.spec!;
  if (completions === old.spec!.completions) {
    return [];
  }
  if (completionMode !== 'Indexed') {
    return [
      invalidValue('spec.completions', completions, 'field is immutable'),
    ];
  }
  return completions === undefined || completions === parallelism
    ? []
    : [
        invalidValue(
          'spec.completions',
          completions,
          'can only be modified in tandem with spec.parallelism',
        ),
      ];
}

const IMMUTABLE = [
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
];

export const job: Strategy = {
  generationOf: ({ spec }) => spec,
  orphansUnlessTold:
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  selectable: {
    ...selectable(['status.successful'], {
      'status.successful': object => object.status?.succeeded ?? 0,
    }),
    refusal: field =>
      `field label ${JSON.stringify(field)} not supported for Job`,
  },
  setDefaults(object) {
    const spec = (object.spec ??= {});
    // A job without either number runs once; a work queue sets parallelism only.
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    spec.parallelism ??= 1;
    spec.backoffLimit ??=
      spec.backoffLimitPerIndex === undefined ? 6 : NO_LIMIT;
    defaultTemplate(spec);
    defaultFailurePolicy(spec);
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy
      ? 'Failed'
      : 'TerminatingOrFailed';
  },
  prepareForCreate(object) {
    const { spec, metadata } = object;
    if (spec!.manualSelector) {
      return;
    }
    spec!.template.metadata.labels = {
      ...generatedLabels(object),
      ...spec!.template.metadata.labels,
    };
    // A job whose manifest has no labels gets those of its template.
    metadata.labels ??= { ...spec!.template.metadata.labels };
    spec!.selector ??= {};
    spec!.selector.matchLabels = {
      'batch.kubernetes.io/controller-uid': metadata.uid,
      ...spec!.selector.matchLabels,
    };
  },
  validate: object => [
    ...validateLabels(object),
    ...validateJobSpec(object.spec!, 'spec'),
    ...validateSelector(object),
  ],
  validateUpdate: (object, old) => [
    ...validateCompletions(object, old),
    ...(semanticallyEqual(object.spec!.selector, old.spec!.selector)
      ? []
      : [
          invalidValue(
            'spec.selector',
            object.spec!.selector,
            'field is immutable',
          ),
        ]),
    ...(semanticallyEqual(
      fixedTemplate(object.spec!.template, old),
      fixedTemplate(old.spec!.template, old),
    )
      ? []
      : [
          invalidValue(
            'spec.template',
            object.spec!.template,
            'field is immutable',
          ),
        ]),
    ...IMMUTABLE.filter(
      name => !semanticallyEqual(object.spec![name], old.spec![name]),
    ).map(name =>
      invalidValue(`spec.${name}`, object.spec![name], 'field is immutable'),
    ),
  ],
};

/** A pattern for pod conditions means that they are true where it does not say. */
export function defaultFailurePolicy(spec: Fields): void {
  for (const rule of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) {
      pattern.status ||= 'True';
    }
  }
}
