import { Entity } from '@backstage/catalog-model';
import { toServiceIdentity } from './toServiceIdentity';

const types = new Set(['service']);

function component(
  spec: Record<string, unknown>,
  annotations: Record<string, string> = {},
  relations?: Entity['relations'],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'cart', namespace: 'shop', annotations },
    spec: spec as Entity['spec'],
    relations,
  };
}

describe('toServiceIdentity', () => {
  it('takes Components of a configured type', () => {
    expect(
      toServiceIdentity(
        component({ type: 'service', lifecycle: 'production' }),
        types,
      ),
    ).toMatchObject({
      ref: 'component:shop/cart',
      namespace: 'shop',
      name: 'cart',
      type: 'service',
      lifecycle: 'production',
    });
  });

  it('leaves libraries out, unless an annotation says that they run', () => {
    expect(
      toServiceIdentity(component({ type: 'library' }), types),
    ).toBeUndefined();
    expect(
      toServiceIdentity(
        component(
          { type: 'library' },
          { 'backstage.io/kubernetes-id': 'cart' },
        ),
        types,
      ),
    ).toMatchObject({
      annotations: { 'backstage.io/kubernetes-id': 'cart' },
    });
  });

  it('keeps only the annotations that are read', () => {
    expect(
      toServiceIdentity(
        component({ type: 'service' }, { secret: 'x', 'a/b': 'c' }),
        types,
      )?.annotations,
    ).toEqual({});
  });

  it('takes owner and system from relations, else from the spec', () => {
    expect(
      toServiceIdentity(
        component({ type: 'service', owner: 'core', system: 'shop' }),
        types,
      ),
    ).toMatchObject({ owner: 'group:shop/core', system: 'system:shop/shop' });
    expect(
      toServiceIdentity(
        component({ type: 'service', owner: 'core', system: 'shop' }, {}, [
          { type: 'ownedBy', targetRef: 'user:default/ana' },
          { type: 'partOf', targetRef: 'component:shop/parent' },
          { type: 'partOf', targetRef: 'system:default/shop' },
        ]),
        types,
      ),
    ).toMatchObject({
      owner: 'user:default/ana',
      system: 'system:default/shop',
    });
  });

  it('reads the project from a slug, and takes no harm from odd values', () => {
    expect(
      toServiceIdentity(
        component(
          { type: 'service', owner: 7, system: ':::' },
          { 'github.com/project-slug': 'acme/cart' },
        ),
        types,
      ),
    ).toMatchObject({ project: 'acme', owner: undefined, system: undefined });
  });
});
