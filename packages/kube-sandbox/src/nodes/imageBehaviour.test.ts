import { imageBehaviour } from './imageBehaviour';
import { imageId, imageReference } from './imageReference';

const HEALTHY = { pull: 'found', readyAfterMs: 1000 };

describe('imageBehaviour', () => {
  it.each([
    ['registry.example.com/shop/cart:2.6.1', HEALTHY],
    ['nginx', HEALTHY],
    ['localhost:5000/cart:1', HEALTHY],
    ['registry.crash.example.com/shop/cart:1', HEALTHY],
    ['mushroom:1.0', HEALTHY],
    ['slowly/crashpad:1', HEALTHY],
    ['room/missingno:1', HEALTHY],
    ['dockersamples/examplevotingapp_vote', HEALTHY],
    ['redis:alpine', HEALTHY],
    [`cart@sha256:${'a'.repeat(64)}`, HEALTHY],
    ['cart:1.0-slow', { pull: 'found', readyAfterMs: 8000 }],
    ['cart:1.0-never-ready', { pull: 'found' }],
    ['shop/unready:1', { pull: 'found' }],
    ['cart:does-not-exist', { pull: 'not-found' }],
    ['cart:no-such-tag', { pull: 'not-found' }],
    ['shop/missing/cart:1', { pull: 'not-found' }],
    ['cart:1.0-crash-missing', { pull: 'not-found' }],
    [
      'crash:1.0',
      { pull: 'found', exit: { afterMs: 1500, exitCode: 1, reason: 'Error' } },
    ],
    [
      'cart:1.0-crashloop',
      { pull: 'found', exit: { afterMs: 1500, exitCode: 1, reason: 'Error' } },
    ],
    [
      'cart:1.0_oom',
      {
        pull: 'found',
        exit: { afterMs: 1500, exitCode: 137, reason: 'OOMKilled' },
      },
    ],
    [
      'import:1-exit-3',
      { pull: 'found', exit: { afterMs: 1500, exitCode: 3, reason: 'Error' } },
    ],
    [
      'import:1-runs-90s',
      {
        ...HEALTHY,
        exit: { afterMs: 90_000, exitCode: 0, reason: 'Completed' },
      },
    ],
    [
      'import:takes-2m-crash',
      { ...HEALTHY, exit: { afterMs: 120_000, exitCode: 1, reason: 'Error' } },
    ],
    ['cart:1-hangs', { ...HEALTHY, hangsAfterMs: 6_000 }],
    ['cart:1-evict', { ...HEALTHY, evictedAfterMs: 4_000 }],
    ['cart:1-stubborn', { ...HEALTHY, ignoresStop: true }],
    ['Shop/Cart:1', { pull: 'invalid-name' }],
    ['cart:1:2', { pull: 'invalid-name' }],
    ['not an image', { pull: 'invalid-name' }],
    ['', { pull: 'invalid-name' }],
  ])('%s', (image, expected) => {
    expect(imageBehaviour(image)).toEqual(expected);
  });
});

describe('imageReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['weaveworksdemos/carts:0.4.8', 'docker.io/weaveworksdemos/carts:0.4.8'],
    ['localhost:5000/cart', 'localhost:5000/cart:latest'],
    ['registry.example.com/shop/cart:1', 'registry.example.com/shop/cart:1'],
  ])('%s is %s', (image, expected) => {
    expect(imageReference(image)).toBe(expected);
  });
});

describe('imageId', () => {
  it('is the repository with a digest that only the name decides', () => {
    const id = imageId('localhost:5000/shop/cart:1');
    expect(id).toMatch(/^localhost:5000\/shop\/cart@sha256:[0-9a-f]{64}$/);
    expect(imageId('localhost:5000/shop/cart:1')).toBe(id);
    expect(imageId('localhost:5000/shop/cart:2')).not.toBe(id);
  });

  it('keeps a digest', () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    expect(imageId(`nginx:1@${digest}`)).toBe(
      `docker.io/library/nginx@${digest}`,
    );
  });
});
