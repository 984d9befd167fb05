import { ResourceType } from '../registry/Registry';
import { FieldTree, NO_FIELDS, setOfField, union } from './FieldTree';

const field = (...names: string[]) =>
  setOfField(...names.map(name => `f:${name}`));

const SPEC = field('spec');
const STATUS = field('status');

/** What a write to `status` leaves alone beyond the spec, by the collection of the kind. */
const STATUS_RESETS: Readonly<Record<string, FieldTree>> = {
  '/pods': union(
    field('metadata', 'deletionTimestamp'),
    field('metadata', 'ownerReferences'),
  ),
  'apps/deployments': field('metadata', 'labels'),
};

/** The fields that a write to a resource or to a subresource of it throws away, so that nobody comes to own them. */
export function resetFields(
  type: ResourceType,
  subresource: string | undefined,
): FieldTree {
  if (!type.subresources.has('status')) {
    return NO_FIELDS;
  }
  return subresource === 'status'
    ? union(SPEC, STATUS_RESETS[type.storedIn] ?? NO_FIELDS)
    : STATUS;
}
