import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  ServiceIdentity,
  TargetDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import Ajv from 'ajv/dist/2020';
import { readKoalaConfig } from '../../config/readKoalaConfig';
import { VisibilityAuthority } from '../../permissions/VisibilityAuthority';
import { MemoryInventory } from '../../resolution/__testUtils__/MemoryInventory';
import { CREATED_MS } from '../../resolution/__testUtils__/rawObjects';
import { Resolver } from '../../resolution/Resolver';
import { readOpenApi } from '../../router/readOpenApi';
import { AuthorizedKoalaService } from '../AuthorizedKoalaService';

/** When these tests look, an hour after everything was made. */
export const NOW = CREATED_MS + 3_600_000;

/** How a kind stands that the account may not read. */
export const FORBIDDEN = {
  synced: false,
  error: {
    code: 'forbidden' as const,
    message: 'HTTP 403',
    verb: 'list' as const,
  },
};

const ajv = new Ajv({ strict: false });
ajv.addSchema({ ...readOpenApi(), $id: 'koala' });
const validate = ajv.getSchema('koala#/components/schemas/ServiceDetail')!;

/** The services `cart` and `ledger`, looked for in the namespace `shop` of the cluster `eu`. */
export class OneTarget {
  readonly inventory = new MemoryInventory('eu');
  readonly #model: Resolver;

  constructor() {
    const services = new Map<string, ServiceIdentity>();
    for (const name of ['cart', 'ledger']) {
      const ref = `component:default/${name}`;
      services.set(ref, { ref, namespace: 'default', name, annotations: {} });
    }
    this.#model = Resolver.create({
      config: readKoalaConfig(
        new ConfigReader({
          koala: {
            environments: [
              {
                name: 'prod',
                targets: [{ cluster: 'eu', namespaces: ['shop'] }],
              },
            ],
          },
        }),
      ),
      inventory: this.inventory,
      catalog: {
        ready: true,
        services: () => services,
        subscribe: () => () => {},
      },
      now: () => NOW,
      instance: 'here',
    });
    this.#model.start();
  }

  stop(): void {
    this.#model.stop();
  }

  put(...raw: any[]): void {
    this.inventory.put('eu', ...raw);
  }

  /** The only target of a service, as the API answers it, and as openapi.yaml says. */
  async of(name: string): Promise<TargetDetail> {
    for (let i = 0; i < 5; i += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const service = AuthorizedKoalaService.create({
      model: this.#model,
      inventory: this.inventory,
      authority: {
        visibilityFor: async () => ({
          key: 'all',
          sees: () => true,
          mayHold: () => true,
          seesAll: () => true,
        }),
      } as unknown as VisibilityAuthority,
      reports: () => [],
      now: () => NOW,
    });
    const detail = await service.service({
      credentials: mockCredentials.user('user:default/ana'),
      ref: `component:default/${name}`,
    });
    const answer = JSON.parse(JSON.stringify(detail));
    if (!validate(answer)) {
      throw new Error(`Not as promised: ${ajv.errorsText(validate.errors)}`);
    }
    return answer.cells[0].targets[0];
  }
}
