import { KubeObject } from '../objects/KubeObject';
import { capUpdaters } from './capUpdaters';
import { isEmpty, union } from './FieldTree';
import { ManagerEntry, managerId, Managers } from './Managers';
import { Ownership, takeFromOthers } from './ownership';
import { tracked } from './untracked';

/**
 * Makes the manager of a create, update or patch the owner of what it changes. `before` and `after` are in the version of
 * the request; `managers` is changed.
 */
export function trackUpdate(options: {
  ownership: Ownership;
  before: KubeObject;
  after: KubeObject;
  managers: Managers;
  manager: string;
  subresource?: string;
  time: string;
}): void {
  const { ownership, before, after, managers, time } = options;
  const changes = takeFromOthers({
    ownership,
    before,
    after,
    managers,
    force: true,
  });
  const fields = tracked(changes.set);
  if (!isEmpty(fields)) {
    const entry: Omit<ManagerEntry, 'fields'> = {
      manager: options.manager,
      operation: 'Update',
      apiVersion: ownership.apiVersion,
      subresource: options.subresource,
      time,
    };
    const id = managerId(entry);
    const previous = managers.get(id);
    managers.set(id, {
      ...entry,
      fields: previous ? union(previous.fields, fields) : fields,
    });
  }
  capUpdaters(managers);
}
