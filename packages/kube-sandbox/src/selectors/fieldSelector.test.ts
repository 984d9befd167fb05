import { KubeObject } from '../objects/KubeObject';
import {
  matchesFields,
  metadataFields,
  parseFieldSelector,
  selectable,
} from './fieldSelector';

const object = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    name: 'cart-1',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { nodeName: 'node-1' },
} satisfies KubeObject;
const podFields = selectable(['spec.nodeName', 'status.phase']);

describe('field selectors', () => {
  it.each([
    ['', true],
    ['metadata.name=cart-1', true],
    ['metadata.name==cart-2', false],
    ['metadata.name!=cart-2,metadata.namespace=shop', true],
    ['spec.nodeName=node-1', true],
    ['spec.nodeName!=', true],
    ['status.phase=', true],
    ['status.phase=Running', false],
  ])('%j -> %s', (selector, matches) => {
    const requirements = parseFieldSelector(selector, podFields);
    expect(matchesFields(requirements, podFields, object)).toBe(matches);
  });

  it('refuses fields that a kind does not select by', () => {
    expect(() => parseFieldSelector('spec.foo=x', podFields)).toThrow(
      'field label not supported: spec.foo',
    );
    expect(() => parseFieldSelector('spec.foo=x', metadataFields)).toThrow(
      '"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
    expect(() => parseFieldSelector('toString=x', metadataFields)).toThrow(
      'not a known field selector',
    );
  });

  it('refuses what has no operator', () => {
    expect(() => parseFieldSelector('metadata.name', metadataFields)).toThrow(
      "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
    );
  });
});
