import { nearNameOf } from './nearNameOf';

describe('nearNameOf', () => {
  it.each([
    ['cart', 'cart'],
    ['cart-service', 'cart'],
    ['cartservice', 'cart'],
    ['CartService', 'cart'],
    ['cart_svc', 'cart'],
    ['cart.app', 'cart'],
    ['carts', 'cart'],
    ['orders-service', 'order'],
    ['service', 'service'],
    ['app', 'app'],
    ['my-app', 'my'],
    ['bus', 'bus'],
    ['x', 'x'],
    ['', ''],
    ['payments-api', 'paymentsapi'],
  ])('%s: %s', (name, near) => {
    expect(nearNameOf(name)).toBe(near);
  });

  it('tells names apart that are others', () => {
    for (const other of ['card', 'chart', 'cart-api', 'cart-worker', 'cart2']) {
      expect(nearNameOf(other)).not.toBe(nearNameOf('cart'));
    }
  });
});
