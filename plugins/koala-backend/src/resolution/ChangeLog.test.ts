import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { ChangeLog } from './ChangeLog';
import { ResolvedCell } from './ResolvedChange';

const nothing = { retired: [], cells: [], services: [], clusters: [] };

function cell(service: string): ResolvedCell {
  return {
    slots: [],
    cell: { service, environment: 'dev', status: 'healthy', targets: [] },
  };
}

function summary(ref: string): ServiceSummary {
  return { ref, namespace: 'default', name: ref, matchedBy: 'name' };
}

describe('ChangeLog', () => {
  it('numbers changes from one', () => {
    const log = new ChangeLog();
    expect(log.number).toBe(0);
    expect(log.append(nothing).number).toBe(1);
    expect(log.number).toBe(1);
  });

  it('says nothing of a revision that has not been yet', () => {
    expect(new ChangeLog().since(1)).toBeUndefined();
  });

  it('answers the newest revision with an empty change', () => {
    const log = new ChangeLog();
    log.append(nothing);
    expect(log.since(1)).toEqual({ number: 1, ...nothing });
  });

  it('merges what came after a revision', () => {
    const log = new ChangeLog();
    const [cart, ledger] = [cell('cart'), cell('ledger')];
    log.append({ ...nothing, cells: [{ cell: cart, targets: ['eu'] }] });
    log.append({ ...nothing, cells: [{ cell: cart, targets: ['us'] }] });
    log.append({ ...nothing, cells: [{ cell: ledger, targets: ['eu'] }] });
    expect(log.since(0)?.cells).toEqual([
      { cell: cart, targets: ['eu', 'us'] },
      { cell: ledger, targets: ['eu'] },
    ]);
    expect(log.since(2)?.cells).toEqual([{ cell: ledger, targets: ['eu'] }]);
  });

  it('forgets the cells of a service that was retired, and keeps those of its successor', () => {
    const log = new ChangeLog();
    const [old, fresh] = [cell('cart'), cell('cart')];
    log.append({
      ...nothing,
      cells: [{ cell: old, targets: ['eu'] }],
      services: [summary('cart')],
    });
    log.append({ ...nothing, retired: [{ ref: 'cart', cells: [old] }] });
    expect(log.since(0)).toMatchObject({ cells: [], services: [] });
    log.append({
      ...nothing,
      cells: [{ cell: fresh, targets: ['eu'] }],
      services: [summary('cart')],
    });
    expect(log.since(0)?.cells).toEqual([{ cell: fresh, targets: ['eu'] }]);
    expect(log.since(0)?.services).toHaveLength(1);
  });

  it('asks for a snapshot where a revision is too old', () => {
    const log = new ChangeLog();
    for (let i = 0; i < 4_001; i += 1) log.append(nothing);
    expect(log.since(0)).toBeUndefined();
    expect(log.since(3_500)).toBeDefined();
  });
});
