import { defaultClass } from '../../controllers/volumes/defaultClass';
import { semanticallyEqual } from '../../objects/equal';
import { KubeObject } from '../../objects/KubeObject';
import { quantity } from '../../objects/quantity';
import { toTimestamp } from '../../objects/timestamp';
import { forbidden } from '../../status/errors';
import { subdomainProblems } from '../../selectors/labelSyntax';
import {
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy, WriteContext } from '../Strategy';
import { oneOf, problemsOf } from './fieldChecks';

const ACCESS_MODES = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
];
const VOLUME_MODES = ['Block', 'Filesystem'];

const CLASSES = { group: 'storage.k8s.io', resource: 'storageclasses' };

function protect(object: KubeObject, finalizer: string): void {
  object.metadata.finalizers = [
    ...new Set([...(object.metadata.finalizers ?? []), finalizer]),
  ];
}

const requestOf = ({ spec }: KubeObject) => spec?.resources?.requests?.storage;

/** A claim may grow where it is bound and its class allows it. */
function admitResize(
  object: KubeObject,
  old: KubeObject,
  context: WriteContext,
): void {
  if (quantity(requestOf(object)) <= quantity(requestOf(old))) {
    return;
  }
  const { name } = object.metadata;
  const refuse = (message: string) =>
    forbidden({ group: '', kind: 'persistentvolumeclaims', name }, message);
  if (old.status?.phase !== 'Bound') {
    throw refuse('Only bound persistent volume claims can be expanded');
  }
  const storageClass = context.get(
    CLASSES,
    undefined,
    old.spec?.storageClassName ?? '',
  );
  if (!storageClass?.allowVolumeExpansion) {
    throw refuse(
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  }
}

/** What may not change of a claim: all but its size once it is bound, and the volume while it has none. */
function fixedSpec(object: KubeObject, old: KubeObject): unknown {
  const { resources, volumeAttributesClassName, ...spec } = object.spec ?? {};
  const isBound = old.status?.phase === 'Bound';
  return {
    ...spec,
    ...(!isBound && { resources, volumeAttributesClassName }),
    ...(!old.spec?.volumeName && { volumeName: undefined }),
    ...(old.spec?.storageClassName === undefined && {
      storageClassName: undefined,
    }),
  };
}

function validateRequest(storage: string | undefined): StatusCause[] {
  if (storage === undefined) {
    return [required('spec.resources[storage]')];
  }
  return quantity(storage) > 0
    ? []
    : [
        invalidValue(
          'spec.resources[storage]',
          storage,
          'must be greater than zero',
        ),
      ];
}

export const persistentVolumeClaim: Strategy = {
  returnsDeleted: true,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate(object, context) {
    protect(object, 'kubernetes.io/pvc-protection');
    if (object.spec!.storageClassName === undefined) {
      const name = defaultClass(
        context.list(CLASSES) as Parameters<typeof defaultClass>[0],
      )?.metadata.name;
      if (name) {
        object.spec!.storageClassName = name;
      }
    }
  },
  prepareForUpdate: admitResize,
  initialStatus: () => ({ phase: 'Pending' }),
  validate({ spec }) {
    return [
      ...(spec!.accessModes?.length
        ? spec!.accessModes
            .filter((mode: string) => !ACCESS_MODES.includes(mode))
            .map((mode: string) =>
              notSupported('spec.accessModes', mode, ACCESS_MODES),
            )
        : [required('spec.accessModes', 'at least 1 access mode is required')]),
      ...validateRequest(spec!.resources?.requests?.storage),
      ...(spec!.storageClassName
        ? problemsOf(
            spec!.storageClassName,
            'spec.storageClassName',
            subdomainProblems,
          )
        : []),
      ...oneOf(spec!.volumeMode, 'spec.volumeMode', VOLUME_MODES),
    ];
  },
  validateUpdate(object, old) {
    const isShrunk = quantity(requestOf(object)) < quantity(requestOf(old));
    const size = quantity(old.status?.capacity?.storage);
    return [
      ...(semanticallyEqual(fixedSpec(object, old), fixedSpec(old, old))
        ? []
        : [
            forbiddenField(
              'spec',
              'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
            ),
          ]),
      ...(isShrunk && quantity(requestOf(object)) <= size
        ? [
            forbiddenField(
              'spec.resources.requests.storage',
              'field can not be less than status.capacity',
            ),
          ]
        : []),
      ...(object.spec!.volumeMode === old.spec!.volumeMode
        ? []
        : [
            invalidValue(
              'volumeMode',
              object.spec!.volumeMode,
              'field is immutable',
            ),
          ]),
    ];
  },
};

export const persistentVolume: Strategy = {
  returnsDeleted: true,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.volumeMode ??= 'Filesystem';
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
  },
  prepareForCreate: object => protect(object, 'kubernetes.io/pv-protection'),
  initialStatus: ({ metadata }) => ({
    phase: 'Pending',
    lastPhaseTransitionTime: metadata.creationTimestamp,
  }),
  prepareStatus(object, old, { now }) {
    const before = old.status?.lastPhaseTransitionTime;
    const status = object.status!;
    const isNew = status.phase !== old.status?.phase;
    if (isNew && status.lastPhaseTransitionTime === before) {
      status.lastPhaseTransitionTime = toTimestamp(now());
    }
    status.lastPhaseTransitionTime ??= before;
  },
  validate: ({ spec }) => [
    ...(spec!.accessModes?.length ? [] : [required('spec.accessModes')]),
    ...(spec!.capacity ? [] : [required('spec.capacity')]),
  ],
};

export const storageClass: Strategy = {
  setDefaults(object) {
    object.reclaimPolicy ??= 'Delete';
    object.volumeBindingMode ??= 'Immediate';
  },
  validate: object => (object.provisioner ? [] : [required('provisioner')]),
};
