import { KubeObject } from './objects';

/** Objects of one resource, by namespace and name. */
export class ObjectStore<T extends KubeObject> {
  private readonly namespaces = new Map<string, Map<string, T>>();

  get(namespace: string | undefined, name: string): T | undefined {
    return this.namespaces.get(namespace ?? '')?.get(name);
  }

  list(namespace?: string): T[] {
    if (namespace !== undefined) {
      return [...(this.namespaces.get(namespace)?.values() ?? [])];
    }
    return [...this.namespaces.values()].flatMap(names => [...names.values()]);
  }

  /** Returns the object that was there before. */
  put(object: T): T | undefined {
    const { namespace = '', name = '' } = object.metadata;
    let names = this.namespaces.get(namespace);
    if (!names) {
      names = new Map();
      this.namespaces.set(namespace, names);
    }
    const old = names.get(name);
    names.set(name, object);
    return old;
  }

  delete(object: T): void {
    const { namespace = '', name = '' } = object.metadata;
    const names = this.namespaces.get(namespace);
    names?.delete(name);
    if (names?.size === 0) {
      this.namespaces.delete(namespace);
    }
  }

  /** Makes `objects` the whole content and says what that changed. A new uid is another object. */
  replace(objects: T[]): { added: T[]; updated: [T, T][]; deleted: T[] } {
    const added: T[] = [];
    const updated: [T, T][] = [];
    const gone = new Set(this.list());
    for (const object of objects) {
      const old = this.put(object);
      if (old && old.metadata.uid === object.metadata.uid) {
        gone.delete(old);
        if (old.metadata.resourceVersion !== object.metadata.resourceVersion) {
          updated.push([object, old]);
        }
      } else {
        added.push(object);
      }
    }
    for (const object of gone) {
      const { namespace, name = '' } = object.metadata;
      if (this.get(namespace, name) === object) {
        this.delete(object);
      }
    }
    return { added, updated, deleted: [...gone] };
  }
}
