import { Status, STATUSES } from '../status/Status';
import { cellOf, countStatuses } from './cellOf';

function cell(...statuses: Status[]) {
  return cellOf({
    service: 'component:default/cart',
    environment: 'prod',
    targets: statuses.map((status, index) => ({
      target: `t${index}`,
      cluster: `c${index}`,
      status,
    })),
  });
}

type Row = [Status[], Status, { incomplete?: true; deployed?: number }?];

const rows: Row[] = [
  // One target: the cell says what it says
  ...STATUSES.map((status): Row => [[status], status]),
  // Any degraded
  [['degraded', 'healthy'], 'degraded'],
  [['healthy', 'degraded', 'progressing'], 'degraded'],
  [['degraded', 'degraded'], 'degraded'],
  [['degraded', 'suspended'], 'degraded'],
  [['degraded', 'not-deployed'], 'degraded', { deployed: 1 }],
  [['degraded', 'unknown'], 'degraded', { incomplete: true }],
  [['unknown', 'healthy', 'degraded'], 'degraded', { incomplete: true }],
  [['degraded', 'unknown', 'not-deployed'], 'degraded', { incomplete: true }],
  // Else any unknown: never healthy
  [['unknown', 'healthy'], 'unknown'],
  [['healthy', 'unknown'], 'unknown'],
  [['unknown', 'progressing'], 'unknown'],
  [['unknown', 'suspended'], 'unknown'],
  [['unknown', 'not-deployed'], 'unknown'],
  [['unknown', 'unknown'], 'unknown'],
  // Else any progressing
  [['progressing', 'healthy'], 'progressing'],
  [['progressing', 'suspended'], 'progressing'],
  [['not-deployed', 'progressing'], 'progressing', { deployed: 1 }],
  // Healthy
  [['healthy', 'healthy'], 'healthy'],
  [['healthy', 'not-deployed'], 'healthy', { deployed: 1 }],
  [['not-deployed', 'healthy', 'healthy'], 'healthy', { deployed: 2 }],
  [['healthy', 'suspended'], 'healthy'],
  [['suspended', 'healthy', 'not-deployed'], 'healthy', { deployed: 2 }],
  // Suspended and not deployed
  [['suspended', 'suspended'], 'suspended'],
  [['suspended', 'not-deployed'], 'suspended', { deployed: 1 }],
  [['not-deployed', 'not-deployed'], 'not-deployed'],
  [[], 'not-deployed'],
];

describe('cellOf', () => {
  it.each(rows)('%j: %s', (statuses, status, more = {}) => {
    const made = cell(...statuses);
    expect(made.status).toBe(status);
    expect(made.incomplete).toBe(more.incomplete);
    expect(made.coverage).toEqual(
      more.deployed === undefined
        ? undefined
        : { deployed: more.deployed, targets: statuses.length },
    );
  });

  it('says no more than there is to say', () => {
    expect(Object.keys(cell('healthy'))).toEqual([
      'service',
      'environment',
      'status',
      'targets',
    ]);
  });

  it('is never healthy or not deployed while a target is unknown', () => {
    for (const a of STATUSES) {
      for (const b of STATUSES) {
        expect(['degraded', 'unknown']).toContain(cell(a, 'unknown', b).status);
      }
    }
  });

  it('does not depend on the order of targets', () => {
    for (const a of STATUSES) {
      for (const b of STATUSES) {
        expect(cell(a, b).status).toBe(cell(b, a).status);
      }
    }
  });
});

describe('countStatuses', () => {
  it('names every status, and adds up', () => {
    const cells = [cell('healthy'), cell('unknown'), cell('healthy')];
    expect(countStatuses(cells)).toEqual({
      healthy: 2,
      progressing: 0,
      degraded: 0,
      suspended: 0,
      'not-deployed': 0,
      unknown: 1,
    });
  });
});
