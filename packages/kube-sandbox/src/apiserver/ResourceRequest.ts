import { User } from '../access/Authenticator';
import { KubeObject } from '../objects/KubeObject';
import { resourceType, ResourceType } from '../registry/Registry';
import { managerName } from '../managedfields/managerName';
import { toTimestamp } from '../objects/timestamp';
import { Writer } from '../rest/fieldOwners';
import { WriteOptions } from '../rest/writeOptions';
import { checkForm, encodeObject, Encoding } from '../rest/encode';
import { notFound } from '../status/errors';
import { Status } from '../status/StatusError';
import { parseIncludeObject, toTable } from '../table/table';
import { SCALE } from '../rest/subresources';
import { ApiExchange } from './ApiExchange';
import { Cluster } from './Cluster';
import { acceptedForm } from './mediaTypes';
import { RequestInfo } from './RequestInfo';

/** A request for a resource that exists, by somebody who may do it. */
export class ResourceRequest {
  readonly cluster: Cluster;
  readonly exchange: ApiExchange;
  readonly type: ResourceType;
  readonly user: User;
  /** Namespace of a namespaced resource; undefined means all of them. */
  readonly namespace?: string;
  readonly subresource?: string;
  readonly encoding: Encoding;
  readonly #name?: string;

  constructor(options: {
    cluster: Cluster;
    exchange: ApiExchange;
    type: ResourceType;
    user: User;
    info: RequestInfo;
  }) {
    const { cluster, exchange, type, user, info } = options;
    this.cluster = cluster;
    this.exchange = exchange;
    this.type = type;
    this.user = user;
    this.namespace = type.namespaced ? info.namespace : undefined;
    this.subresource = info.subresource;
    this.#name = info.name;
    this.encoding = {
      type,
      form: acceptedForm(exchange.header('accept')),
      include: parseIncludeObject(exchange.query),
      now: () => cluster.clock.now(),
    };
  }

  /** Name in the path; the router only lets requests through that have one where it is read. */
  get name(): string {
    return this.#name ?? '';
  }

  /** The object in the path; a 404 where there is none. */
  existing(): KubeObject {
    const object = this.cluster.store.get(
      this.type.storedIn,
      this.namespace,
      this.name,
    );
    if (!object) {
      throw notFound({
        group: this.type.group,
        kind: this.type.resource,
        name: this.name,
      });
    }
    return object;
  }

  /** In whose name the request writes. */
  writer(options: Pick<WriteOptions, 'fieldManager'>): Writer {
    return {
      manager: managerName(
        options.fieldManager,
        this.exchange.header('user-agent'),
      ),
      time: toTimestamp(this.cluster.clock.now()),
    };
  }

  /** The resource of pods, whatever the request is for: Bindings are about them. */
  podType(): ResourceType {
    return resourceType('v1', 'pods')!;
  }

  /** Answers with an object of the resource, in the form that was asked for. */
  async sendResource(code: number, object: KubeObject): Promise<void> {
    checkForm(this.encoding, 'object');
    await this.exchange.sendObject(
      code,
      encodeObject(this.encoding, object),
      this.encoding.form.format,
    );
  }

  /** Answers with the Scale of a workload, in the form that was asked for. */
  async sendScale(scale: KubeObject): Promise<void> {
    const { form, include, now } = this.encoding;
    if (form.as !== 'Table') {
      await this.sendOther(200, scale);
      return;
    }
    const table = toTable({
      type: {
        group: SCALE.group,
        apiVersion: SCALE.apiVersion,
        resource: 'scales',
      },
      objects: [scale],
      metadata: { resourceVersion: scale.metadata.resourceVersion },
      include,
      now: now(),
    });
    await this.exchange.sendObject(200, table, form.format);
  }

  /** Answers with anything else, such as a Status. */
  async sendOther(code: number, value: KubeObject | Status): Promise<void> {
    await this.exchange.sendObject(code, value, this.encoding.form.format);
  }
}
