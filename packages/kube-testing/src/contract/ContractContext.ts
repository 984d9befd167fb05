import assert from 'node:assert/strict';
import { RawKubeClient, RawRequestInit } from '../client/RawKubeClient';
import { RawWatch } from '../client/RawWatch';
import { TestCluster } from '../cluster/TestCluster';
import { until } from '../process/until';
import { resourcePath } from './resourcePath';
import { Transcript } from './transcript/Transcript';

/** What a contract test gets: a cluster and a namespace that nobody else uses. */
export class ContractContext {
  readonly cluster: TestCluster;
  readonly namespace: string;
  readonly client: RawKubeClient;
  /** What the case asked and was answered. */
  readonly transcript = new Transcript();
  readonly #patienceMs: number;
  readonly #watches: RawWatch[] = [];

  constructor(options: {
    cluster: TestCluster;
    namespace: string;
    patienceMs?: number;
  }) {
    this.cluster = options.cluster;
    this.namespace = options.namespace;
    this.client = options.cluster.client.observed(this.transcript);
    this.#patienceMs = options.patienceMs ?? 60_000;
  }

  /** Path of a collection or, with a name (`web`, `web/status`), of an object in the test's namespace. */
  path(resource: string, name?: string): string {
    return resourcePath({ resource, namespace: this.namespace, name });
  }

  /** Creates an object in the test's namespace and returns it; anything but 201 fails the test. */
  async create(resource: string, object: object): Promise<any> {
    const response = await this.client.post(this.path(resource), object);
    assert.equal(response.status, 201, response.text);
    return response.body;
  }

  /** Reads an object of the test's namespace; anything but 200 fails the test. */
  async read(resource: string, name: string): Promise<any> {
    return this.ok(this.path(resource, name));
  }

  /** The list of a collection of the test's namespace; anything but 200 fails the test. */
  async list(resource: string, query?: RawRequestInit['query']): Promise<any> {
    return this.ok(this.path(resource), { query });
  }

  /** Names of the listed objects, in the order of the list. */
  async names(
    resource: string,
    query?: RawRequestInit['query'],
  ): Promise<string[]> {
    const { items } = await this.list(resource, query);
    return items.map((item: any) => item.metadata.name);
  }

  /** Applies a merge patch; anything but 200 fails the test. */
  async merge(resource: string, name: string, patch: object): Promise<any> {
    return this.ok(this.path(resource, name), {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Deletes an object; anything but 200 fails the test. */
  async remove(resource: string, name: string, body?: object): Promise<any> {
    return this.ok(this.path(resource, name), { method: 'DELETE', body });
  }

  /** The body of a request that must answer 200. */
  async ok(path: string, init?: RawRequestInit): Promise<any> {
    const response = await this.client.request(path, init);
    assert.equal(response.status, 200, response.text);
    return response.body ?? response.text;
  }

  /** Starts a watch of a collection that is closed at the end of the test. */
  async watch(
    resource: string,
    query?: RawRequestInit['query'],
    init: RawRequestInit = {},
  ): Promise<RawWatch> {
    const watch = await this.client.watch(this.path(resource), {
      ...init,
      query,
      patienceMs: this.#patienceMs,
    });
    this.#watches.push(watch);
    assert.equal(watch.status, 200);
    return watch;
  }

  /** Reads an object until it is as wanted, and returns it. */
  async eventually(options: {
    resource: string;
    name: string;
    what: string;
    is: (object: any) => boolean;
  }): Promise<any> {
    const { resource, name, what, is } = options;
    let last: any;
    try {
      return await this.#poll(`${resource} ${name} ${what}`, async () => {
        const { body } = await this.client.get(this.path(resource, name));
        last = body;
        return is(body) && body;
      });
    } catch (error) {
      throw new Error(
        `${(error as Error).message}\n${JSON.stringify(last?.status ?? last)}`,
      );
    }
  }

  /** Asks until the answer is yes. */
  async eventuallyTrue(
    what: string,
    ask: () => Promise<boolean>,
  ): Promise<void> {
    await this.#poll(what, ask);
  }

  #poll<T>(what: string, attempt: () => Promise<T | false>): Promise<T> {
    return this.transcript.quietly(() =>
      until<T>({ what, attempt, everyMs: 100, boundMs: this.#patienceMs }),
    );
  }

  /** Resolves once reading the object answers 404. */
  async gone(resource: string, name: string): Promise<void> {
    await this.eventually({
      resource,
      name,
      what: 'being gone',
      is: body => body.code === 404,
    });
  }

  /** Ends what the test left open. */
  close(): void {
    this.#watches.forEach(watch => watch.close());
  }
}
