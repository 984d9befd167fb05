import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import {
  forbiddenField,
  invalidValue,
  notSupported,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { validateDaemonSet, validateStatefulSet } from './setValidation';
import { Strategy } from '../Strategy';
import {
  countOrPercent,
  isNone,
  nonNegative,
  notMoreThanAll,
} from './fieldChecks';
import {
  defaultTemplate,
  immutableSelector,
  validateTemplate,
} from './podTemplate';

function validateStrategy({ type, rollingUpdate }: Fields): StatusCause[] {
  if (!['Recreate', 'RollingUpdate'].includes(type)) {
    return [
      notSupported(
        'spec.strategy',
        { Type: type, RollingUpdate: rollingUpdate ?? null },
        ['Recreate', 'RollingUpdate'],
      ),
    ];
  }
  if (!rollingUpdate) {
    return [];
  }
  const at = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    return [
      forbiddenField(
        at,
        "may not be specified when strategy `type` is 'Recreate'",
      ),
    ];
  }
  const { maxSurge, maxUnavailable } = rollingUpdate;
  return [
    ...countOrPercent(maxUnavailable, `${at}.maxUnavailable`),
    ...countOrPercent(maxSurge, `${at}.maxSurge`),
    ...(isNone(maxSurge) && isNone(maxUnavailable)
      ? [
          invalidValue(
            `${at}.maxUnavailable`,
            maxUnavailable,
            'may not be 0 when `maxSurge` is 0',
          ),
        ]
      : []),
    ...notMoreThanAll(maxUnavailable, `${at}.maxUnavailable`),
  ];
}

export const deployment: Strategy = {
  // Its annotations count for the generation too.
  generationOf: ({ spec, metadata }) => [spec, metadata.annotations],
  statusKeepsLabels: true,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.replicas ??= 1;
    defaultTemplate(spec);
    spec.strategy ??= {};
    spec.strategy.type ??= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
  },
  validate(object) {
    const { replicas, strategy } = object.spec!;
    const causes = [
      ...nonNegative(replicas, 'spec.replicas'),
      ...validateTemplate(object),
    ];
    causes.push(...validateStrategy(strategy));
    for (const field of [
      'minReadySeconds',
      'revisionHistoryLimit',
      'progressDeadlineSeconds',
    ]) {
      causes.push(...nonNegative(object.spec![field], `spec.${field}`));
    }
    const { minReadySeconds = 0, progressDeadlineSeconds } = object.spec!;
    if (progressDeadlineSeconds <= minReadySeconds) {
      causes.push(
        invalidValue(
          'spec.progressDeadlineSeconds',
          progressDeadlineSeconds,
          'must be greater than minReadySeconds',
        ),
      );
    }
    return causes;
  },
  validateUpdate: immutableSelector,
};

export const replicaSet: Strategy = {
  generationOf: ({ spec }) => spec,
  initialStatus: () => ({ replicas: 0 }),
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.replicas ??= 1;
    defaultTemplate(spec);
  },
  validate: object => [
    ...nonNegative(object.spec!.replicas, 'spec.replicas'),
    ...nonNegative(object.spec!.minReadySeconds, 'spec.minReadySeconds'),
    ...validateTemplate(object),
  ],
  validateUpdate: immutableSelector,
};

const STATEFUL_SET_MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export const statefulSet: Strategy = {
  generationOf: ({ spec }) => spec,
  initialStatus: () => ({ replicas: 0, availableReplicas: 0 }),
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.replicas ??= 1;
    defaultTemplate(spec);
    for (const claim of spec.volumeClaimTemplates ?? []) {
      claim.kind ??= 'PersistentVolumeClaim';
      claim.apiVersion ??= 'v1';
      claim.spec ??= {};
      claim.spec.volumeMode ??= 'Filesystem';
      claim.status ??= { phase: 'Pending' };
    }
    spec.podManagementPolicy ??= 'OrderedReady';
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ??= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.partition ??= 0;
      spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
    }
    spec.revisionHistoryLimit ??= 10;
    spec.persistentVolumeClaimRetentionPolicy ??= {};
    spec.persistentVolumeClaimRetentionPolicy.whenDeleted ??= 'Retain';
    spec.persistentVolumeClaimRetentionPolicy.whenScaled ??= 'Retain';
  },
  validate: object => [
    ...validateStatefulSet(object),
    // What is mounted may come from a claim template: the server does not look at mounts here.
    ...validateTemplate(object).filter(
      ({ field = '' }) => !field.includes('volumeMounts'),
    ),
  ],
  validateUpdate(object, old) {
    const fixed = (spec: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(spec).filter(
          ([field]) => !STATEFUL_SET_MUTABLE.includes(field),
        ),
      );
    return semanticallyEqual(fixed(object.spec!), fixed(old.spec!))
      ? []
      : [
          forbiddenField(
            'spec',
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
          ),
        ];
  },
};

/** Older than revisions, and still kept up. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function setTemplateGeneration(object: KubeObject, generation: number): void {
  object.metadata.annotations = {
    ...object.metadata.annotations,
    [TEMPLATE_GENERATION]: String(generation),
  };
}

export const daemonSet: Strategy = {
  generationOf: ({ spec }) => spec,
  initialStatus: () => ({
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  }),
  setDefaults(object) {
    // The server counts it, but who writes the object owns it.
    object.metadata.annotations = {
      [TEMPLATE_GENERATION]: '0',
      ...object.metadata.annotations,
    };
    const spec = (object.spec ??= {});
    defaultTemplate(spec);
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ??= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
  },
  prepareForCreate(object) {
    setTemplateGeneration(object, 1);
  },
  // The server counts; what the client says does not matter.
  prepareForUpdate(object, old) {
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION]) || 1;
    const isSame = semanticallyEqual(object.spec?.template, old.spec?.template);
    setTemplateGeneration(object, isSame ? before : before + 1);
  },
  validate: object => [
    ...validateTemplate(object),
    ...validateDaemonSet(object),
  ],
  validateUpdate: immutableSelector,
};
