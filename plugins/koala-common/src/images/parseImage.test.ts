import { imageRepository, parseImage } from './parseImage';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('parseImage', () => {
  it.each([
    ['redis', { repository: 'redis', name: 'redis' }],
    ['redis:alpine', { repository: 'redis', name: 'redis', tag: 'alpine' }],
    [
      'weaveworksdemos/carts:0.4.8',
      { repository: 'weaveworksdemos/carts', name: 'carts', tag: '0.4.8' },
    ],
    [
      'registry.example.com/shop/checkout:1.4.2',
      {
        registry: 'registry.example.com',
        repository: 'shop/checkout',
        name: 'checkout',
        tag: '1.4.2',
      },
    ],
    [
      'localhost:5000/cart',
      { registry: 'localhost:5000', repository: 'cart', name: 'cart' },
    ],
    [
      'localhost/cart:dev',
      { registry: 'localhost', repository: 'cart', name: 'cart', tag: 'dev' },
    ],
    [
      'registry:5000/a/b/c:v1',
      { registry: 'registry:5000', repository: 'a/b/c', name: 'c', tag: 'v1' },
    ],
    [
      `ghcr.io/acme/cart@${DIGEST}`,
      {
        registry: 'ghcr.io',
        repository: 'acme/cart',
        name: 'cart',
        digest: DIGEST,
      },
    ],
    [
      `ghcr.io/acme/cart:1.0@${DIGEST}`,
      {
        registry: 'ghcr.io',
        repository: 'acme/cart',
        name: 'cart',
        tag: '1.0',
        digest: DIGEST,
      },
    ],
    [
      '[::1]:5000/cart:1',
      { registry: '[::1]:5000', repository: 'cart', name: 'cart', tag: '1' },
    ],
    ['redis:', { repository: 'redis', name: 'redis' }],
    ['', { repository: '', name: '' }],
  ])('%s', (reference, expected) => {
    expect(parseImage(reference)).toEqual(expected);
  });

  it('puts registry and repository together again', () => {
    expect(imageRepository(parseImage('r.io:1/a/b:2'))).toBe('r.io:1/a/b');
    expect(imageRepository(parseImage('a/b:2'))).toBe('a/b');
  });
});
