import { ContractContext } from './ContractContext';

/** The provisioner that makes volumes on both targets. */
export const PROVISIONER = 'volumes.koala.io';

/** Classes and volumes of one test: they have no namespace, so that they are named after the test's and removed. */
export class Storage {
  readonly #t: ContractContext;
  readonly #made: [resource: string, name: string][] = [];

  private constructor(t: ContractContext) {
    this.#t = t;
  }

  /** Runs a test, and removes what it made, bound or not. */
  static async use(
    t: ContractContext,
    test: (storage: Storage) => Promise<void>,
  ): Promise<void> {
    const storage = new Storage(t);
    try {
      await test(storage);
    } finally {
      await storage.#clear();
    }
  }

  /** Full name of a class or volume. */
  name(short: string): string {
    return `${this.#t.namespace}-${short}`;
  }

  async class(short: string, more: object = {}): Promise<any> {
    return this.#make('storageclasses', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: this.name(short) },
      provisioner: PROVISIONER,
      ...more,
    });
  }

  /** A volume that an administrator made, of the class `static`. */
  async volume(
    short: string,
    size: string,
    more: { spec?: object; labels?: object } = {},
  ): Promise<any> {
    return this.#make('persistentvolumes', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: this.name(short), labels: more.labels },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: size },
        nfs: { server: 'storage.invalid', path: `/${short}` },
        storageClassName: this.name('static'),
        ...more.spec,
      },
    });
  }

  /** A claim of the class `static`, or of the one that the spec says. */
  claim(name: string, size: string, spec: object = {}): Promise<any> {
    return this.#t.create('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: size } },
        storageClassName: this.name('static'),
        ...spec,
      },
    });
  }

  /** A claim once it is bound. */
  bound(name: string): Promise<any> {
    return this.inPhase('persistentvolumeclaims', name, 'Bound');
  }

  /** A claim or volume once it is in a phase. */
  inPhase(resource: string, name: string, phase: string): Promise<any> {
    return this.#t.eventually({
      resource,
      name,
      what: `being ${phase}`,
      is: it => it.status?.phase === phase,
    });
  }

  async #make(resource: string, object: any): Promise<any> {
    const made = await this.#t.create(resource, object);
    this.#made.push([resource, object.metadata.name]);
    return made;
  }

  async #clear(): Promise<void> {
    const t = this.#t;
    for (const resource of ['statefulsets', 'pods', 'persistentvolumeclaims']) {
      await t.client.request(t.path(resource), {
        method: 'DELETE',
        body: { gracePeriodSeconds: 0 },
      });
    }
    await t.eventuallyTrue('the claims being gone', async () => {
      return (await t.names('persistentvolumeclaims')).length === 0;
    });
    for (const [resource, name] of this.#made) {
      await t.client.request(t.path(resource, name), { method: 'DELETE' });
    }
  }
}

/** A pod that mounts a claim. */
export function podWith(claim: string, name = 'web', spec: object = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'shop/cart:1.0.0',
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      terminationGracePeriodSeconds: 1,
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
      ...spec,
    },
  };
}
