import { at, iso } from '../__fixtures__/clock';
import { rawAutoscaler } from '../__fixtures__/rawWorkloads';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { judgeAutoscaler } from './judgeAutoscaler';

describe('judgeAutoscaler', () => {
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: `because of ${reason}`,
    lastTransitionTime: iso(0),
  });
  const judge = (conditions: unknown[], now = 60, metadata = {}) =>
    judgeAutoscaler({
      autoscaler: projectObject(
        'HorizontalPodAutoscaler',
        rawAutoscaler({ metadata, status: { conditions } }),
      ),
      now: at(now),
    });
  const ABLE = condition('AbleToScale', 'True', 'ReadyForNewScale');
  const ACTIVE = condition('ScalingActive', 'True', 'ValidMetricFound');

  it.each<VerdictRow>([
    {
      title: 'at work',
      verdict: () =>
        judge([
          ABLE,
          ACTIVE,
          condition('ScalingLimited', 'False', 'DesiredWithinRange'),
        ]),
      status: 'healthy',
      codes: [],
    },
    {
      title: 'at its maximum',
      verdict: () =>
        judge([
          ABLE,
          ACTIVE,
          condition('ScalingLimited', 'True', 'TooManyReplicas'),
        ]),
      status: 'healthy',
      codes: ['AtMaximum'],
    },
    {
      title: 'at its minimum, which is no news',
      verdict: () =>
        judge([
          ABLE,
          ACTIVE,
          condition('ScalingLimited', 'True', 'TooFewReplicas'),
        ]),
      status: 'healthy',
      codes: [],
    },
    {
      title: 'cannot find its target',
      verdict: () =>
        judge([condition('AbleToScale', 'False', 'FailedGetScale')]),
      status: 'degraded',
      codes: ['FailedGetScale'],
      nextStep: /metrics/,
    },
    {
      title: 'waits between two scalings',
      verdict: () =>
        judge([condition('AbleToScale', 'False', 'BackoffBoth'), ACTIVE]),
      status: 'healthy',
    },
    {
      title: 'no metrics, inside the grace period',
      verdict: () =>
        judge(
          [
            ABLE,
            condition('ScalingActive', 'False', 'FailedGetResourceMetric'),
          ],
          20,
        ),
      status: 'progressing',
      recheckAt: 30,
    },
    {
      title: 'just created',
      verdict: () => judge([]),
      status: 'progressing',
      codes: ['AutoscalerStarting'],
    },
    {
      title: 'being deleted',
      verdict: () => judge([], 60, { deletionTimestamp: iso(9) }),
      status: 'progressing',
      codes: ['BeingDeleted'],
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
