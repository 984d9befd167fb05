import { applyMatrixChange } from './applyMatrixChange';
import { Cell } from './Cell';
import { ClusterState } from './ClusterState';
import { Matrix } from './Matrix';
import { ServiceSummary } from './ServiceSummary';
import { TargetState } from './TargetState';
import { Status } from '../status/Status';

function target(name: string, status: Status = 'healthy'): TargetState {
  return { target: name, cluster: name, status };
}

function cell(
  service: string,
  environment: string,
  targets: TargetState[],
): Cell {
  return { service, environment, status: targets[0].status, targets };
}

function summary(name: string): ServiceSummary {
  return { ref: name, namespace: 'default', name, matchedBy: 'name' };
}

function cluster(name: string, since = 0): ClusterState {
  return { name, condition: 'live', since };
}

const matrix: Matrix = {
  revision: 'a.1',
  environments: [],
  services: [summary('cart'), summary('pay')],
  cells: [
    cell('cart', 'dev', [target('dev')]),
    cell('cart', 'prod', [target('eu'), target('us')]),
    cell('pay', 'dev', [target('dev')]),
  ],
  clusters: [cluster('dev'), cluster('eu'), cluster('us')],
  problems: [],
};

describe('applyMatrixChange', () => {
  it('takes the revision, and leaves everything else as it is', () => {
    const next = applyMatrixChange(matrix, { revision: 'a.2' });
    expect(next).toEqual({ ...matrix, revision: 'a.2' });
    expect(next.cells).toBe(matrix.cells);
    expect(next.services).toBe(matrix.services);
    expect(next.clusters).toBe(matrix.clusters);
    expect(matrix.revision).toBe('a.1');
  });

  it('replaces all problems where the change brings some, even none', () => {
    const problem = { key: 'koala.environments', message: 'none' };
    const broken = applyMatrixChange(matrix, {
      revision: 'a.2',
      problems: [problem],
    });
    expect(broken.problems).toEqual([problem]);
    expect(applyMatrixChange(broken, { revision: 'a.3' }).problems).toBe(
      broken.problems,
    );
    expect(
      applyMatrixChange(broken, { revision: 'a.4', problems: [] }).problems,
    ).toEqual([]);
  });

  it('replaces the targets that changed; the others keep their identity', () => {
    const us = target('us', 'degraded');
    const next = applyMatrixChange(matrix, {
      revision: 'a.2',
      cells: [
        {
          service: 'cart',
          environment: 'prod',
          status: 'degraded',
          targets: [us],
        },
      ],
    });
    expect(next.cells[1]).toEqual({
      service: 'cart',
      environment: 'prod',
      status: 'degraded',
      targets: [target('eu'), us],
    });
    expect(next.cells[1].targets[0]).toBe(matrix.cells[1].targets[0]);
    expect(next.cells[1].targets[1]).toBe(us);
    expect(next.cells[0]).toBe(matrix.cells[0]);
    expect(next.cells[2]).toBe(matrix.cells[2]);
    expect(matrix.cells[1].status).toBe('healthy');
  });

  it('drops what a changed cell no longer says', () => {
    const partial = {
      ...matrix,
      cells: [
        {
          ...matrix.cells[1],
          incomplete: true,
          coverage: { deployed: 1, targets: 2 },
        },
      ],
    };
    const next = applyMatrixChange(partial, {
      revision: 'a.2',
      cells: [cell('cart', 'prod', [target('us')])],
    });
    expect(next.cells[0]).not.toHaveProperty('incomplete');
    expect(next.cells[0]).not.toHaveProperty('coverage');
  });

  it('adds new services, cells and clusters at the end', () => {
    const next = applyMatrixChange(matrix, {
      revision: 'a.2',
      services: [summary('new')],
      cells: [cell('new', 'dev', [target('dev')])],
      clusters: [cluster('ap')],
    });
    expect(next.services.map(({ ref }) => ref)).toEqual(['cart', 'pay', 'new']);
    expect(next.cells).toHaveLength(4);
    expect(next.cells[3].service).toBe('new');
    expect(next.clusters.map(({ name }) => name)).toEqual([
      'dev',
      'eu',
      'us',
      'ap',
    ]);
  });

  it('replaces services and clusters in their place', () => {
    const next = applyMatrixChange(matrix, {
      revision: 'a.2',
      services: [{ ...summary('cart'), title: 'Cart' }],
      clusters: [cluster('eu', 7)],
    });
    expect(next.services[0].title).toBe('Cart');
    expect(next.services[1]).toBe(matrix.services[1]);
    expect(next.clusters[1].since).toBe(7);
    expect(next.clusters[0]).toBe(matrix.clusters[0]);
  });

  it('removes services with all their cells, and clusters', () => {
    const next = applyMatrixChange(matrix, {
      revision: 'a.2',
      removedServices: ['cart', 'never-there'],
      removedClusters: ['us'],
    });
    expect(next.services.map(({ ref }) => ref)).toEqual(['pay']);
    expect(next.cells).toEqual([matrix.cells[2]]);
    expect(next.cells[0]).toBe(matrix.cells[2]);
    expect(next.clusters.map(({ name }) => name)).toEqual(['dev', 'eu']);
  });

  it('lets a service go and come back in one change, without its old targets', () => {
    const next = applyMatrixChange(matrix, {
      revision: 'a.2',
      removedServices: ['cart'],
      services: [summary('cart')],
      cells: [cell('cart', 'prod', [target('us')])],
    });
    const back = next.cells.filter(one => one.service === 'cart');
    expect(back).toEqual([cell('cart', 'prod', [target('us')])]);
  });
});
