import { semanticallyEqual } from '../../objects/equal';
import { KubeObject } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import { forbidden } from '../../status/errors';
import { forbiddenField } from '../../status/fieldErrors';
import { Strategy } from '../Strategy';

const NAME_LABEL = 'kubernetes.io/metadata.name';
const PROTECTED = ['default', 'kube-system', 'kube-public'];

export const namespace: Strategy = {
  name: 'label',
  selectable: selectable(['status.phase']),
  returnsDeleted: true,
  setDefaults(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      ...(object.metadata.name && { [NAME_LABEL]: object.metadata.name }),
    };
    object.spec ??= {};
  },
  prepareForCreate(object) {
    const finalizers: string[] = object.spec?.finalizers ?? [];
    if (!finalizers.includes('kubernetes')) {
      object.spec = {
        ...object.spec,
        finalizers: [...finalizers, 'kubernetes'],
      };
    }
  },
  // Only the subresource `finalize` changes the spec.
  prepareForUpdate(object, old) {
    object.spec = old.spec;
  },
  initialStatus: () => ({ phase: 'Active' }),
  validateUpdate: (object, old) =>
    object.metadata.deletionTimestamp ||
    object.status?.phase !== 'Terminating' ||
    semanticallyEqual(object.status, old.status)
      ? []
      : [
          forbiddenField(
            'status.phase',
            "may only be 'Terminating' if `deletionTimestamp` is not empty",
          ),
        ],
  admitDelete(object) {
    if (PROTECTED.includes(object.metadata.name)) {
      throw forbidden(
        { group: '', kind: 'namespaces', name: object.metadata.name },
        'this namespace may not be deleted',
      );
    }
  },
  markDeleted(object) {
    return isFinalized(object)
      ? undefined
      : { ...object, status: { ...object.status, phase: 'Terminating' } };
  },
};

/** Whether no finalizer of the namespace's spec is left, so that it may go. */
export function isFinalized(object: KubeObject): boolean {
  return (object.spec?.finalizers ?? []).length === 0;
}
