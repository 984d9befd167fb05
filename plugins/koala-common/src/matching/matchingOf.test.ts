import { ServiceIdentity } from '../services/ServiceIdentity';
import { matchingOf } from './matchingOf';

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';

function service(annotations: Record<string, string> = {}): ServiceIdentity {
  return {
    ref: 'component:default/cart',
    namespace: 'default',
    name: 'cart',
    annotations,
  };
}

describe('matchingOf', () => {
  it('matches by name where no annotation decides', () => {
    expect(matchingOf(service({ 'other/annotation': 'x' }))).toEqual({
      rule: 'name',
      id: 'cart',
    });
  });

  it('matches by id', () => {
    expect(matchingOf(service({ [ID]: ' checkout ' }))).toEqual({
      rule: 'kubernetes-id',
      id: 'checkout',
    });
  });

  it('matches by selector, also beside an id', () => {
    expect(
      matchingOf(service({ [ID]: 'x', [SELECTOR]: 'app=cart,!canary' })),
    ).toEqual({
      rule: 'kubernetes-label-selector',
      selector: {
        matchLabels: { app: 'cart' },
        matchExpressions: [
          { key: 'canary', operator: 'DoesNotExist', values: [] },
        ],
      },
    });
  });

  it.each([
    [{ [SELECTOR]: 'app=ca rt' }, 'kubernetes-label-selector', "'ca rt'"],
    [{ [SELECTOR]: 'app in (x' }, 'kubernetes-label-selector', 'app in (x'],
    [{ [SELECTOR]: '' }, 'kubernetes-label-selector', 'is empty'],
    [
      { [SELECTOR]: '  ', [ID]: 'cart' },
      'kubernetes-label-selector',
      'is empty',
    ],
    [{ [ID]: '' }, 'kubernetes-id', 'is empty'],
  ])('matches nothing by %j, and says why', (annotations, rule, said) => {
    const matching = matchingOf(service(annotations));
    expect(matching).toEqual({
      rule,
      problem: { code: 'BadSelector', message: expect.stringContaining(said) },
    });
  });
});
