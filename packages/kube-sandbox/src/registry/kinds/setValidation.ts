import { Fields, KubeObject } from '../../objects/KubeObject';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import {
  countOrPercent,
  isNone,
  nonNegative,
  notMoreThanAll,
  oneOf,
} from './fieldChecks';

const STRATEGIES = ['RollingUpdate', 'OnDelete'];
const RETENTION = ['Retain', 'Delete'];

function validateStatefulUpdates({
  type,
  rollingUpdate,
}: Fields): StatusCause[] {
  const at = 'spec.updateStrategy';
  if (!STRATEGIES.includes(type)) {
    return [
      invalidValue(
        at,
        { Type: type, RollingUpdate: rollingUpdate ?? null },
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    ];
  }
  if (type === 'OnDelete') {
    return rollingUpdate
      ? [
          invalidValue(
            `${at}.rollingUpdate`,
            {
              Partition: rollingUpdate.partition ?? 0,
              MaxUnavailable: rollingUpdate.maxUnavailable ?? null,
            },
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
      : [];
  }
  return nonNegative(rollingUpdate?.partition, `${at}.rollingUpdate.partition`);
}

/** What is wrong with the fields that only a StatefulSet has. */
export function validateStatefulSet({ spec = {} }: KubeObject): StatusCause[] {
  const { podManagementPolicy, persistentVolumeClaimRetentionPolicy } = spec;
  return [
    ...(['OrderedReady', 'Parallel'].includes(podManagementPolicy)
      ? []
      : [
          invalidValue(
            'spec.podManagementPolicy',
            podManagementPolicy,
            "must be 'OrderedReady' or 'Parallel'",
          ),
        ]),
    ...validateStatefulUpdates(spec.updateStrategy),
    ...['whenDeleted', 'whenScaled'].flatMap(field =>
      oneOf(
        persistentVolumeClaimRetentionPolicy?.[field],
        `spec.persistentVolumeClaimRetentionPolicy.${field}`,
        RETENTION,
      ),
    ),
    ...nonNegative(spec.replicas, 'spec.replicas'),
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...nonNegative(spec.ordinals?.start, 'spec.ordinals.start'),
  ];
}

function validateDaemonUpdates({ type, rollingUpdate }: Fields): StatusCause[] {
  if (!STRATEGIES.includes(type)) {
    return [
      notSupported(
        'spec.updateStrategy',
        { Type: type, RollingUpdate: rollingUpdate ?? null },
        STRATEGIES,
      ),
    ];
  }
  if (type === 'OnDelete' || !rollingUpdate) {
    return [];
  }
  const at = 'spec.updateStrategy.rollingUpdate';
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const causes = [
    ...countOrPercent(maxUnavailable, `${at}.maxUnavailable`),
    ...notMoreThanAll(maxUnavailable, `${at}.maxUnavailable`),
    ...countOrPercent(maxSurge, `${at}.maxSurge`),
    ...notMoreThanAll(maxSurge, `${at}.maxSurge`),
  ];
  if (isNone(maxUnavailable) && isNone(maxSurge)) {
    causes.push(
      required(`${at}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'),
    );
  } else if (!isNone(maxUnavailable) && !isNone(maxSurge)) {
    causes.push(
      invalidValue(
        `${at}.maxSurge`,
        maxSurge,
        'may not be set when maxUnavailable is non-zero',
      ),
    );
  }
  return causes;
}

/** What is wrong with the fields that only a DaemonSet has. */
export function validateDaemonSet({ spec = {} }: KubeObject): StatusCause[] {
  return [
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...validateDaemonUpdates(spec.updateStrategy),
    ...nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  ];
}
