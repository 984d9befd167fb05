import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { applied, apply, ownersOf, written } from '../fieldOwners';
import { configMap } from '../objects';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A ConfigMap as `kubectl apply` leaves it: with a note of what was applied. */
function clientApplied(data: Record<string, string>): any {
  const plain = configMap('a', { data });
  return configMap('a', {
    data,
    metadata: { annotations: { [LAST_APPLIED]: `${JSON.stringify(plain)}\n` } },
  });
}

/** How kubectl's server-side apply goes on from its older, client-side one. */
export const applyTakeoverCases = area('apply takeover', {
  'kubectl takes over what its older kind of apply has set': async t => {
    await written(t, 'configmaps', {
      manager: 'kubectl-client-side-apply',
      body: clientApplied({ x: '1', y: '1' }),
    });
    const moved = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '2' } }),
      { manager: 'kubectl' },
    );
    assert.deepEqual(moved.data, { x: '2', y: '1' });
    assert.equal(
      moved.metadata.annotations[LAST_APPLIED],
      '{"apiVersion":"v1","data":{"x":"2"},"kind":"ConfigMap","metadata":{"name":"a"}}\n',
    );
    assert.deepEqual(ownersOf(moved), {
      'kubectl Apply v1': ['data.x'],
      'kubectl-client-side-apply Update v1': [
        'data',
        'data.y',
        'metadata.annotations',
        'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
      ],
    });
  },

  'kubectl conflicts about what was changed since its older kind of apply':
    async t => {
      await written(t, 'configmaps', {
        manager: 'kubectl-client-side-apply',
        body: clientApplied({ x: '1', y: '1' }),
      });
      await written(t, 'configmaps', {
        manager: 'kubectl-edit',
        name: 'a',
        patch: { data: { y: '2' } },
      });
      const response = await apply(
        t,
        'configmaps',
        configMap('a', { data: { x: '2', y: '3' } }),
        { manager: 'kubectl' },
      );
      assertFailure(response, {
        message:
          'Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .data.y',
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl-edit" using v1',
              field: '.data.y',
            },
          ],
        },
        code: 409,
      });
    },

  'only kubectl takes over from its older kind of apply': async t => {
    await written(t, 'configmaps', {
      manager: 'kubectl-client-side-apply',
      body: clientApplied({ x: '1' }),
    });
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '2' } }),
    );
    assertFailure(response, {
      message:
        'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.x',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-client-side-apply" using v1',
            field: '.data.x',
          },
        ],
      },
      code: 409,
    });
  },
});
