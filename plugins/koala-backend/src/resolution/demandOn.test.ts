import { ConfigReader } from '@backstage/config';
import { readKoalaConfig } from '../config/readKoalaConfig';
import { MemoryInventory } from './__testUtils__/MemoryInventory';
import { demandOn } from './demandOn';
import { Placement } from './Placement';
import { Slot } from './Slot';

const { environments } = readKoalaConfig(
  new ConfigReader({
    koala: {
      environments: [
        {
          name: 'dev',
          targets: [
            { cluster: 'dev', namespaces: { template: '{system}-dev' } },
          ],
        },
        {
          name: 'qa',
          targets: [{ cluster: 'dev', namespaces: { selector: 'stage=qa' } }],
        },
        {
          name: 'prod',
          targets: [{ cluster: 'prod', namespaces: ['shop', 'pay'] }],
        },
      ],
    },
  }),
);

const inventory = new MemoryInventory('dev', 'prod');
inventory.put('dev', {
  kind: 'Namespace',
  metadata: { name: 'labelled', uid: '1', labels: { stage: 'qa' } },
});
inventory.put('dev', {
  kind: 'Namespace',
  metadata: { name: 'other', uid: '2', labels: { stage: 'other' } },
});

const slot = (namespace: string): Slot => ({
  service: {
    ref: 'component:default/cart',
    namespace: 'default',
    name: 'cart',
    annotations: {},
  },
  environment: environments[0],
  target: environments[0].targets[0],
  namespaces: [namespace],
  claims: [],
  state: { target: 'dev', cluster: 'dev', status: 'unknown' },
});
const matching = { rule: 'name', id: 'cart' } as const;

describe('demandOn', () => {
  const demand = (cluster: string, placement = new Placement()) =>
    demandOn({ cluster, environments, placement, inventory });

  it('wants what the environments name, whether a service is there or not', () => {
    expect(demand('prod')).toEqual({ names: ['pay', 'shop'], byLabel: false });
    expect(demand('dev')).toEqual({ names: ['labelled'], byLabel: true });
    expect(demand('elsewhere')).toEqual({ names: [], byLabel: false });
  });

  it('wants where services are looked for, and says when that changes', () => {
    const placement = new Placement();
    const changed = jest.fn();
    placement.subscribe(changed);
    const first = slot('shop-dev');
    placement.add(first, matching);
    placement.add(slot('shop-dev'), matching);
    expect(demand('dev', placement).names).toEqual(['labelled', 'shop-dev']);
    expect(changed).toHaveBeenCalledTimes(1);
    placement.remove(first, matching);
    expect(changed).toHaveBeenCalledTimes(1);
  });
});
