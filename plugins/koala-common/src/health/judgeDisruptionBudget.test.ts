import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { judgeDisruptionBudget } from './judgeDisruptionBudget';

describe('judgeDisruptionBudget', () => {
  const judge = (status: object) =>
    judgeDisruptionBudget({
      budget: projectObject('PodDisruptionBudget', {
        metadata: { name: 'b', uid: 'b', generation: 1 },
        spec: { selector: {} },
        status: { observedGeneration: 1, expectedPods: 3, ...status },
      }),
    });

  it.each<VerdictRow>([
    {
      title: 'pods of no controller',
      verdict: () =>
        judge({
          conditions: [
            {
              type: 'DisruptionAllowed',
              status: 'False',
              reason: 'SyncFailed',
              message: 'found no controller ref for pod "x"',
            },
          ],
        }),
      status: 'degraded',
      codes: ['BudgetNotSynced'],
      says: 'found no controller ref',
      nextStep: /scaled/,
    },
    {
      title: 'not observed yet',
      verdict: () => judge({ observedGeneration: undefined }),
      status: 'progressing',
      codes: ['ChangeNotObserved'],
    },
    {
      title: 'lets one go',
      verdict: () =>
        judge({ currentHealthy: 3, desiredHealthy: 2, disruptionsAllowed: 1 }),
      status: 'healthy',
      codes: [],
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
