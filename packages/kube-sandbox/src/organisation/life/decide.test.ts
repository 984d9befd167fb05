import { Deployment } from '../../client';
import { decide } from './decide';
import { LifeAction } from './LifeStep';

const PLACE = { stage: 'dev', cluster: 'dev', namespace: 'shop-dev' };
const RELEASE: LifeAction = { do: 'release', part: 'minor' };
const PROMOTE: LifeAction = { do: 'promote', from: PLACE };

function deployment(
  options: {
    version?: string;
    label?: string;
    replicas?: number;
    rolledOut?: boolean;
    annotations?: Record<string, string>;
    managers?: string[];
  } = {},
): Deployment {
  const { version = '1.2.3', label, replicas = 2, rolledOut = true } = options;
  return {
    metadata: {
      name: 'cart',
      generation: 4,
      labels: label ? { 'app.kubernetes.io/version': label } : {},
      annotations: options.annotations,
      ...{
        managedFields: (options.managers ?? ['demo-organisation']).map(
          manager => ({
            manager,
          }),
        ),
      },
    },
    spec: {
      replicas,
      selector: {},
      template: {
        spec: {
          containers: [
            { name: 'proxy', image: 'registry:5000/proxy:9' },
            { name: 'cart', image: `registry:5000/shop/cart:${version}` },
          ],
        },
      },
    },
    status: {
      observedGeneration: 4,
      updatedReplicas: rolledOut ? replicas : 0,
      availableReplicas: replicas,
    },
  };
}

const images = (decision: ReturnType<typeof decide>) =>
  (decision.patch as any)?.spec.template.spec.containers;

describe('decide', () => {
  it('releases the next version, with a reason that the history shows', () => {
    const decision = decide({ action: RELEASE, deployment: deployment() });
    expect(decision).toEqual({
      saying: 'release 1.3.0',
      patch: {
        metadata: {
          annotations: {
            'kubernetes.io/change-cause': 'ci-pipeline: release 1.3.0',
          },
        },
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'cart', image: 'registry:5000/shop/cart:1.3.0' },
              ],
            },
          },
        },
      },
    });
  });

  it('moves the version label along where there is one', () => {
    const { patch } = decide({
      action: RELEASE,
      deployment: deployment({ label: '1.2.3' }),
    }) as { patch: any };
    const labels = { 'app.kubernetes.io/version': '1.3.0' };
    expect(patch.metadata.labels).toEqual(labels);
    expect(patch.spec.template.metadata.labels).toEqual(labels);
  });

  it('remembers what to go back to with a bad release, and goes back to it', () => {
    const bad = decide({
      action: { do: 'release', part: 'patch', fault: 'crash' },
      deployment: deployment(),
    });
    expect(images(bad)).toEqual([
      { name: 'cart', image: 'registry:5000/shop/cart:1.2.4-crash' },
    ]);
    const { annotations } = (bad.patch as any).metadata;
    const broken = deployment({ version: '1.2.4-crash', annotations });
    const back = decide({ action: { do: 'roll back' }, deployment: broken });
    expect(images(back)).toEqual([
      { name: 'cart', image: 'registry:5000/shop/cart:1.2.3' },
    ]);
    expect((back.patch as any).metadata.annotations).toMatchObject({
      'sandbox.koala.io/roll-back-to': null,
    });
    // Also where the life ended in between.
    expect(images(decide({ action: RELEASE, deployment: broken }))).toEqual(
      images(back),
    );
  });

  it('promotes what is healthy upstream', () => {
    expect(
      decide({
        action: PROMOTE,
        deployment: deployment(),
        upstream: deployment({ version: '1.3.0' }),
      }),
    ).toMatchObject({ saying: 'promote 1.3.0 from dev' });
  });

  it.each([
    ['is gone', undefined, 'dev has nothing to promote'],
    [
      'failed',
      deployment({ version: '1.3.0-crash' }),
      'dev has nothing to promote',
    ],
    [
      'was changed by somebody',
      deployment({ version: '1.3.0', managers: ['kubectl-set'] }),
      'dev has nothing to promote',
    ],
    [
      'is still rolling out',
      deployment({ version: '1.3.0', rolledOut: false }),
      '1.3.0 is not healthy in dev',
    ],
    ['is here already', deployment(), 'it runs 1.2.3 already'],
  ])('promotes nothing that %s', (_, upstream, leaving) => {
    expect(
      decide({ action: PROMOTE, deployment: deployment(), upstream }),
    ).toEqual({ leaving });
  });

  it.each([
    ['kubectl-set', 'kubectl-set has changed it'],
    ['koala', 'koala has changed it'],
    ['kubectl-client-side-apply', 'kubectl-client-side-apply has changed it'],
  ])('leaves alone what %s has written', (manager, leaving) => {
    expect(
      decide({
        action: RELEASE,
        deployment: deployment({ managers: ['demo-organisation', manager] }),
      }),
    ).toEqual({ leaving });
  });

  it('does not mind what it and the cluster have written', () => {
    const managers = ['ci-pipeline', 'kube-controller-manager'];
    expect(
      decide({ action: RELEASE, deployment: deployment({ managers }) }).patch,
    ).toBeDefined();
  });

  it('leaves alone what is not there, and what has no such version', () => {
    expect(decide({ action: RELEASE, deployment: undefined })).toEqual({
      leaving: 'it is not there',
    });
    expect(
      decide({
        action: RELEASE,
        deployment: deployment({ version: 'main-3f2c1ab' }),
      }),
    ).toEqual({ leaving: 'main-3f2c1ab has no next version' });
    expect(
      decide({ action: { do: 'roll back' }, deployment: deployment() }),
    ).toEqual({ leaving: 'there is nothing to roll back' });
  });

  it('scales up once, and back to what it was', () => {
    const up = decide({ action: { do: 'scale up' }, deployment: deployment() });
    expect(up.patch).toMatchObject({ spec: { replicas: 3 } });
    const { annotations } = (up.patch as any).metadata;
    const scaled = deployment({ replicas: 3, annotations });
    expect(decide({ action: { do: 'scale up' }, deployment: scaled })).toEqual({
      leaving: 'it has 3 replicas',
    });
    expect(
      decide({ action: { do: 'scale back' }, deployment: scaled }).patch,
    ).toMatchObject({ spec: { replicas: 2 } });
    expect(
      decide({ action: { do: 'scale back' }, deployment: deployment() }),
    ).toEqual({ leaving: 'it was not scaled up' });
  });
});
