import { projectObject } from '../projection/projectObject';
import { rawDeployment } from '../__fixtures__/rawDeployment';
import { WorkloadObject } from '../objects/WorkloadObject';
import { Matching } from './matchingOf';
import { nearMissOf } from './nearMissOf';

const workload = (
  name: string,
  labels: Record<string, string> = {},
  templateLabels: Record<string, string> = {},
) =>
  projectObject(
    'Deployment',
    rawDeployment({ name, namespace: 'shop', labels, templateLabels }),
  ) as WorkloadObject;

const byName: Matching = { rule: 'name', id: 'cartservice' };
const service = {
  ref: 'component:default/cartservice',
  name: 'cartservice',
};
const APP = 'app.kubernetes.io/name';
const ID = 'backstage.io/kubernetes-id';

const found = (one: WorkloadObject, matching = byName) =>
  nearMissOf({ matching, service, workload: one });

describe('nearMissOf', () => {
  it('says which label is almost the name of the entity', () => {
    expect(found(workload('web', { [APP]: 'cart-service' }))).toEqual({
      service: service.ref,
      by: 'label app.kubernetes.io/name',
      says: 'cart-service',
      message:
        'Label app.kubernetes.io/name of Deployment shop/web says cart-service, not cartservice. Give the workload the label backstage.io/kubernetes-id=cartservice, or the entity the annotation backstage.io/kubernetes-id.',
    });
  });

  it.each([
    [workload('cart-service'), 'name'],
    [workload('web', {}, { app: 'CartService' }), 'label app'],
    [workload('cart', { app: 'cart_svc', [ID]: 'cart' }), `label ${ID}`],
  ])('%#: %s', (one, by) => {
    expect(found(one)?.by).toBe(by);
  });

  it.each([
    workload('card-service'),
    workload('cart-worker', { app: 'web', [APP]: 'shop' }),
  ])('%#: is no near miss', one => {
    expect(found(one)).toBeUndefined();
  });

  it('compares with the id of the annotation, and says which label is missing', () => {
    const matching: Matching = { rule: 'kubernetes-id', id: 'basket' };
    expect(found(workload('cart-service'), matching)).toBeUndefined();
    expect(found(workload('basket'), matching)?.message).toBe(
      'Deployment shop/basket is called basket, but is not found by the rule of component:default/cartservice. Give the workload the label backstage.io/kubernetes-id=basket.',
    );
  });

  it('points at the selector where that decides', () => {
    const matching: Matching = { rule: 'kubernetes-label-selector' };
    expect(found(workload('cart-service'), matching)?.message).toContain(
      'Correct the label, or the selector',
    );
  });
});
