import { at, iso } from '../__fixtures__/clock';
import {
  rawDaemonSet,
  rawOwnedPod,
  rawRevision,
} from '../__fixtures__/rawWorkloads';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { crashing } from '../__fixtures__/workloadRow';
import { projectObject } from '../projection/projectObject';
import { Verdict } from '../status/Verdict';
import { judgeWorkload } from './judgeWorkload';

describe('judgeWorkload of a DaemonSet', () => {
  const judge = (
    options: Parameters<typeof rawDaemonSet>[0],
    more: { revisions?: unknown[]; pods?: unknown[]; now?: number } = {},
  ) =>
    judgeWorkload({
      workload: projectObject('DaemonSet', rawDaemonSet(options)),
      revisions: (more.revisions ?? []).map(raw =>
        projectObject('ControllerRevision', raw),
      ),
      pods: (more.pods ?? []).map(raw => projectObject('Pod', raw)),
      now: at(more.now ?? 60),
    }) as Verdict;
  const revisions = [
    rawRevision({ kind: 'DaemonSet', hash: 'a', revision: 1 }),
    rawRevision({ kind: 'DaemonSet', hash: 'b', revision: 2, createdAt: 0 }),
  ];
  const pod = (ordinal: number, revision: string, createdAt = -9000) =>
    rawOwnedPod({ kind: 'DaemonSet', ordinal, revision, createdAt });
  const broken = (ordinal: number, revision: string) => {
    const { spec, status } = crashing({}) as { spec: object; status: object };
    return { ...pod(ordinal, revision), spec, status };
  };

  it.each<VerdictRow>([
    {
      title: 'complete',
      verdict: () => judge({}, { revisions }),
      status: 'healthy',
      codes: [],
      since: 0,
    },
    {
      title: 'no status at all',
      verdict: () => judge({ status: { observedGeneration: undefined } }),
      status: 'progressing',
      codes: ['ChangeNotObserved'],
    },
    {
      title: 'one node after the other',
      verdict: () =>
        judge(
          { status: { updatedNumberScheduled: 1 } },
          {
            revisions,
            pods: [pod(0, 'a'), pod(1, 'a'), pod(2, 'b', 30)],
          },
        ),
      status: 'progressing',
      codes: ['UpdatingReplicas'],
      recheckAt: 630,
    },
    {
      title: 'an old pod crashes while it is being replaced',
      verdict: () =>
        judge(
          { status: { updatedNumberScheduled: 2, numberAvailable: 2 } },
          {
            revisions,
            pods: [broken(0, 'a'), pod(1, 'b', 30), pod(2, 'b', 30)],
            now: 100,
          },
        ),
      status: 'progressing',
      codes: ['UpdatingReplicas', 'CrashLoopBackOff'],
    },
    {
      title: 'a node is lost: a pod is missing, and nothing moves',
      verdict: () =>
        judge(
          { status: { numberAvailable: 2 } },
          { revisions, pods: [pod(0, 'b'), pod(1, 'b')], now: 1200 },
        ),
      status: 'degraded',
      codes: ['ProgressDeadlineExceeded'],
      says: '2 of 3 pods available',
    },
    {
      title: 'a node came a moment ago',
      verdict: () =>
        judge(
          {
            metadata: {
              managedFields: [{ subresource: 'status', time: iso(1190) }],
            },
            status: { numberAvailable: 2 },
          },
          { revisions, pods: [pod(0, 'b'), pod(1, 'b')], now: 1200 },
        ),
      status: 'progressing',
      codes: ['WaitingForAvailability'],
    },
    {
      title: 'replaced by hand: old pods are as good as new ones',
      verdict: () =>
        judge(
          {
            spec: { updateStrategy: { type: 'OnDelete' } },
            status: { updatedNumberScheduled: 0 },
          },
          { revisions, pods: [0, 1, 2].map(one => pod(one, 'a')) },
        ),
      status: 'healthy',
      codes: [],
    },
    {
      title: 'replaced by hand: a pod that nobody replaces crashes',
      verdict: () =>
        judge(
          {
            spec: { updateStrategy: { type: 'OnDelete' } },
            status: { updatedNumberScheduled: 0 },
          },
          { revisions, pods: [broken(0, 'a'), pod(1, 'a')], now: 400 },
        ),
      status: 'degraded',
      codes: ['CrashLoopBackOff'],
    },
    {
      title: 'being deleted',
      verdict: () => judge({ metadata: { deletionTimestamp: iso(9) } }),
      status: 'progressing',
      codes: ['BeingDeleted'],
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
