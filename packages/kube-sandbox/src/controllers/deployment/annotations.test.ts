import { Deployment } from '../../client';
import { currentAnnotations } from './annotations';

const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';

const deployment: Deployment = {
  metadata: {
    annotations: {
      'kubernetes.io/change-cause': 'release 2',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      [REVISION]: '1',
    },
  },
  spec: { selector: {}, template: { spec: { containers: [] } } },
};

describe('currentAnnotations', () => {
  it.each([
    ['a new ReplicaSet', undefined, 2, { [REVISION]: '2' }],
    ['the current one', { [REVISION]: '2' }, 2, { [REVISION]: '2' }],
    ['never backwards', { [REVISION]: '5' }, 2, { [REVISION]: '5' }],
    ['a rollback', { [REVISION]: '2' }, 4, { [REVISION]: '4', [HISTORY]: '2' }],
    [
      'a second rollback',
      { [REVISION]: '4', [HISTORY]: '2' },
      7,
      { [REVISION]: '7', [HISTORY]: '2,4' },
    ],
  ])('%s', (_, existing, revision, expected) => {
    expect(currentAnnotations({ deployment, existing, revision })).toEqual({
      'kubernetes.io/change-cause': 'release 2',
      ...expected,
    });
  });
});
