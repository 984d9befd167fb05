import { TargetDetail } from '@koala-ops/backstage-plugin-koala-common';
import { demoDetail } from '../../../dev/fixtures/demoDetail';
import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import { POD_CAP, treeRows } from './treeRows';

function targetOf(service: string, environment: string): TargetDetail {
  return demoDetail({
    matrix: demoMatrix({ now: 1e12 }),
    service: `component:default/${service}`,
    now: 1e12,
  }).cells.find(cell => cell.environment === environment)!.targets[0];
}

const types = (target: TargetDetail, toggled: string[] = []) =>
  treeRows({ target, toggled: new Set(toggled) }).map(row => row.type);

describe('treeRows', () => {
  it('opens what is broken and closes what is not', () => {
    expect(types(targetOf('checkout', 'staging'))).toEqual([
      'section',
      'workload',
      'pod',
      'container',
      'container',
      'container',
      'pod',
      'pod',
      'section',
      'exposure',
    ]);
  });

  it('turns around what is toggled', () => {
    const target = targetOf('checkout', 'staging');
    const workload = treeRows({ target, toggled: new Set() })[1].key;
    expect(types(target, [workload])).toEqual([
      'section',
      'workload',
      'section',
      'exposure',
    ]);
  });

  it('bounds a workload with many pods, the broken ones first', () => {
    const target = targetOf('checkout', 'staging');
    const [workload] = target.workloads;
    const healthy = workload.pods[0];
    workload.pods = [
      ...Array.from({ length: 600 }, (_, i) => ({
        ...healthy,
        name: `pod-${String(i).padStart(3, '0')}`,
      })),
      { ...healthy, name: 'zzz', status: 'degraded' },
    ];
    const rows = treeRows({ target, toggled: new Set() });
    const pods = rows.filter(row => row.type === 'pod');
    expect(pods).toHaveLength(POD_CAP);
    expect(pods[0].key).toMatch(/zzz$/);
    expect(rows.find(row => row.type === 'more')).toMatchObject({ count: 581 });
  });

  it('is empty where nothing is deployed', () => {
    expect(types(targetOf('cart', 'pr-482'))).toEqual([]);
  });
});
