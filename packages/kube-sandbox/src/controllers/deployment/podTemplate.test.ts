import { PodTemplate } from '../../client';
import { podTemplateHash, sameTemplate } from './podTemplate';

const template = (image: string, labels = {}): PodTemplate => ({
  metadata: { labels: { app: 'cart', ...labels } },
  spec: { containers: [{ name: 'cart', image }] },
});

describe('pod templates', () => {
  it('are the same whatever their hash, order and empty fields', () => {
    const other = {
      spec: {
        securityContext: {},
        initContainers: [],
        containers: [{ image: 'cart:1', name: 'cart', command: null }],
      },
      metadata: {
        creationTimestamp: null,
        labels: { 'pod-template-hash': 'abc', app: 'cart' },
      },
    } as unknown as PodTemplate;
    expect(sameTemplate(template('cart:1'), other)).toBe(true);
    expect(podTemplateHash(template('cart:1'))).toBe(podTemplateHash(other));
  });

  it('differ by image and labels', () => {
    expect(sameTemplate(template('cart:1'), template('cart:2'))).toBe(false);
    expect(
      sameTemplate(template('cart:1'), template('cart:1', { a: 'b' })),
    ).toBe(false);
  });

  it('have a hash that names can hold, and another after a collision', () => {
    const hash = podTemplateHash(template('cart:1'));
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
    expect(podTemplateHash(template('cart:1'), 1)).not.toBe(hash);
    expect(podTemplateHash(template('cart:2'))).not.toBe(hash);
  });
});
