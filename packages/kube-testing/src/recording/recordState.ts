import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestCluster } from '../cluster/TestCluster';
import { until } from '../process/until';
import {
  RECORDED_KINDS,
  RecordedKind,
  RecordedState,
  Seen,
} from './RecordedState';

const run = promisify(execFile);

/** A state as it was seen, with what kubectl said of it at that moment. */
export interface Recording {
  about: RecordedState['about'];
  /** When the objects were read, as Kubernetes writes times. */
  recordedAt: string;
  /** Verdict of `kubectl rollout status --watch=false`, for the kinds that have one. */
  rolloutStatus?: { exitCode: number; text: string };
  objects: object[];
}

const ROLLED_OUT: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
];

/** CronJobs run at the full minute. */
const BOUND_MS = 180_000;

/** Brings a cluster to a state in a namespace of the state's name, and reads everything there. */
export async function recordState(options: {
  state: RecordedState;
  cluster: TestCluster;
  kubectl: string;
}): Promise<Recording> {
  const { state, cluster, kubectl } = options;
  const { name, about } = state;
  const call = (args: string[], input?: string) => {
    const pending = run(kubectl, [
      `--kubeconfig=${cluster.kubeconfig}`,
      `--namespace=${name}`,
      ...args,
    ]);
    pending.child.stdin?.end(input ?? '');
    return pending;
  };
  const list = async (kind: RecordedKind): Promise<any[]> => {
    const path = RECORDED_KINDS[kind].replace(
      /\/([^/]+)$/,
      `/namespaces/${name}/$1`,
    );
    const { body } = await cluster.client.get(`/${path}`);
    return body.items;
  };
  const see = async (): Promise<Seen> => {
    const objects = await list(about.kind);
    return {
      object: objects.find(({ metadata }) => metadata.name === about.name),
      pods: await list('Pod'),
    };
  };
  const reached = (is: (seen: Seen) => boolean, what: string) =>
    until({
      what: `${name}: ${what}`,
      everyMs: 500,
      boundMs: BOUND_MS,
      attempt: async () => Boolean(is(await see())),
    });

  await call(['create', 'namespace', name]);
  await call(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: state.objects }),
  );
  for (const [index, { after, kubectl: change }] of (
    state.changes ?? []
  ).entries()) {
    await reached(after, `change ${index + 1}`);
    await call(change);
  }
  await reached(state.is, 'the state');

  const rolloutStatus = ROLLED_OUT.includes(about.kind)
    ? await call([
        'rollout',
        'status',
        `${about.kind.toLowerCase()}/${about.name}`,
        '--watch=false',
      ]).then(
        ({ stdout }) => ({ exitCode: 0, text: stdout.trim() }),
        error => ({ exitCode: error.code, text: error.stderr.trim() }),
      )
    : undefined;
  const objects: object[] = [];
  for (const kind of Object.keys(RECORDED_KINDS) as RecordedKind[]) {
    for (const object of await list(kind)) {
      objects.push({ kind, ...withoutBulk(object) });
    }
  }
  return {
    about,
    recordedAt: new Date().toISOString(),
    rolloutStatus,
    objects,
  };
}

/** Without what is long and says nothing of a state. */
function withoutBulk(object: any): any {
  const { managedFields = [], annotations = {}, ...metadata } = object.metadata;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...kept } =
    annotations;
  const bare = {
    ...object,
    metadata: {
      ...metadata,
      ...(Object.keys(kept).length > 0 && { annotations: kept }),
      managedFields: managedFields.map(
        ({ fieldsV1, ...entry }: { fieldsV1: unknown }) => entry,
      ),
    },
  };
  if (object.spec?.tolerations) {
    const { tolerations, ...spec } = object.spec;
    return { ...bare, spec };
  }
  return bare;
}
