import { required } from '../../status/fieldErrors';
import { Strategy } from '../Strategy';

const protect =
  (finalizer: string): Strategy['prepareForCreate'] =>
  object => {
    object.metadata.finalizers = [
      ...new Set([...(object.metadata.finalizers ?? []), finalizer]),
    ];
  };

export const persistentVolumeClaim: Strategy = {
  returnsDeleted: true,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.volumeMode ??= 'Filesystem';
  },
  prepareForCreate: protect('kubernetes.io/pvc-protection'),
  initialStatus: () => ({ phase: 'Pending' }),
  validate({ spec }) {
    return [
      ...(spec!.accessModes?.length
        ? []
        : [required('spec.accessModes', 'at least 1 access mode is required')]),
      ...(spec!.resources?.requests?.storage
        ? []
        : [required('spec.resources[storage]')]),
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
  prepareForCreate: protect('kubernetes.io/pv-protection'),
  initialStatus: () => ({ phase: 'Pending' }),
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
