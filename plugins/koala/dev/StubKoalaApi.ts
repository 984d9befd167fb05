import { CompoundEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  EnvironmentDetail,
  EnvironmentList,
  Matrix,
  MatrixChange,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { KoalaApi, StreamOptions } from '../src/api/KoalaApi';
import { LiveStore } from '../src/live/LiveStore';
import { demoMatrix, ENVIRONMENTS, largeMatrix } from './fixtures/demoMatrix';
import { demoDetail } from './fixtures/demoDetail';
import { demoEnvironment, demoEnvironments } from './fixtures/demoEnvironments';

/** What the development app shows; chosen with `localStorage['koala.scenario']`. */
export type Scenario =
  | 'demo'
  | 'healthy'
  | 'large'
  | 'forbidden'
  | 'setup'
  | 'misconfigured'
  | 'nothing'
  | 'loading'
  | 'down'
  | 'broken-stream';

/** {@link KoalaApi} without a backend, for `yarn start` in this package and for tests. */
export class StubKoalaApi implements KoalaApi {
  readonly live: LiveStore;
  #now = Date.now();

  constructor(private readonly scenario: Scenario) {
    this.live = LiveStore.create({ source: this });
  }

  async getMatrix(): Promise<Matrix> {
    const now = this.#now;
    const demo = demoMatrix({ now, lost: this.scenario !== 'healthy' });
    switch (this.scenario) {
      case 'loading':
        return new Promise(() => {});
      case 'down':
        throw new TypeError('Failed to fetch');
      case 'large':
        return largeMatrix({ now, services: 1000 });
      case 'setup':
        return {
          ...demo,
          environments: [],
          services: [],
          cells: [],
          clusters: [],
          problems: [
            {
              key: 'koala.environments',
              message: 'is not set.',
              nextStep: 'List the environments of your services.',
            },
          ],
        };
      case 'misconfigured':
        return {
          ...demo,
          problems: [
            {
              key: 'koala.environments[2].promotesFrom',
              message:
                'names the environment “stagging”, which does not exist.',
              nextStep: 'Write “staging”.',
            },
          ],
        };
      case 'nothing':
        return {
          ...demo,
          clusters: demo.clusters.map(c => ({ ...c, condition: 'live' })),
          cells: demo.cells.map(cell => ({
            ...cell,
            status: 'not-deployed',
            targets: cell.targets.map(({ target, cluster }) => ({
              target,
              cluster,
              status: 'not-deployed',
            })),
          })),
        };
      case 'forbidden':
        return {
          ...demo,
          clusters: demo.clusters.map(cluster =>
            cluster.name === 'staging'
              ? {
                  ...cluster,
                  condition: 'forbidden',
                  message: 'Koala may not list deployments (403).',
                  nextStep: 'Give its account the role koala-reader.',
                }
              : cluster,
          ),
          cells: demo.cells.map(cell =>
            cell.environment === 'staging'
              ? {
                  ...cell,
                  status: 'unknown',
                  targets: cell.targets.map(({ target, cluster }) => ({
                    target,
                    cluster,
                    status: 'unknown',
                  })),
                }
              : cell,
          ),
        };
      default:
        return demo;
    }
  }

  async getService(ref: CompoundEntityRef): Promise<ServiceDetail> {
    return demoDetail({
      matrix: await this.getMatrix(),
      service: `component:${ref.namespace}/${ref.name}`,
      now: this.#now,
    });
  }

  async getEnvironments(): Promise<EnvironmentList> {
    return demoEnvironments(await this.getMatrix());
  }

  async getEnvironment(name: string): Promise<EnvironmentDetail> {
    const detail = demoEnvironment(await this.getMatrix(), name);
    if (!detail) {
      throw new NotFoundError(`There is no environment ${name}`);
    }
    return detail;
  }

  /** A stream in which recommendations rolls out in dev, again and again. */
  async openStream(options: StreamOptions): Promise<void> {
    const { signal, onOpen, onBytes, onChange } = options;
    if (this.scenario === 'broken-stream') {
      throw new TypeError('network error');
    }
    onOpen();
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      onBytes();
      if (this.scenario === 'demo' || this.scenario === 'large') {
        onChange(rolloutStep(step, Date.now()));
      }
    }, 4000);
    await new Promise<void>(resolve =>
      signal.addEventListener('abort', () => resolve()),
    );
    clearInterval(timer);
  }
}

function rolloutStep(step: number, now: number): MatrixChange {
  const updated = step % 4;
  const target = ENVIRONMENTS[0].targets[0];
  const status = updated === 3 ? 'healthy' : 'progressing';
  const version = 'main-3f2c1ab';
  return {
    revision: `demo.${step + 1}`,
    cells: [
      {
        service: 'component:default/recommendations',
        environment: 'dev',
        status,
        targets: [
          {
            target: target.name,
            cluster: target.cluster,
            status,
            since: now - 1000,
            ready: Math.min(2, updated),
            desired: 2,
            updated: Math.min(2, updated),
            release: {
              version,
              source: 'tag',
              image: `registry.example.com/shop/recommendations:${version}`,
            },
          },
        ],
      },
    ],
  };
}
