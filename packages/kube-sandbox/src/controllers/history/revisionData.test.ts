import { revisionData, revisionText, templateOf } from './revisionData';

const template = {
  spec: { containers: [{ name: 'main', image: 'shop/cart:1.0.0' }] },
  metadata: { labels: { app: 'web' } },
};

describe('revisionData', () => {
  it('is a patch that replaces the template, and leads back to it', () => {
    const data = revisionData(template);
    expect(data.spec.template.$patch).toBe('replace');
    expect(templateOf(data)).toEqual(template);
  });
});

describe('revisionText', () => {
  it('is the text that Go writes', () => {
    expect(revisionText(revisionData(template))).toBe(
      '{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"shop/cart:1.0.0","name":"main"}]}}}}',
    );
    expect(revisionText({ b: 'a<b>&\u2028', a: undefined })).toBe(
      '{"b":"a\\u003cb\\u003e\\u0026\\u2028"}',
    );
  });
});
