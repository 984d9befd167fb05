import { ClusterClient } from '../clusters/ClusterClient';
import { createService } from './createService';
import { SERVICE_LABEL } from './podTemplate';
import { benchServices } from './serviceNames';

/** Answers as an API server does: with the object and a uid. */
function recordingClient() {
  const sent: { method: string; path: string; body: any }[] = [];
  const client = {
    send: async (request: (typeof sent)[number]) => {
      sent.push(request);
      const { body } = request;
      return {
        ...body,
        metadata: { ...body.metadata, uid: body.metadata.name },
      };
    },
  } as unknown as ClusterClient;
  return { client, sent };
}

async function written() {
  const { client, sent } = recordingClient();
  const [service] = benchServices(1);
  await createService({ client, service, ordinal: 0, time: 'then' });
  const created = sent.filter(({ method }) => method === 'POST');
  return {
    service,
    statuses: sent.filter(({ path }) => path.includes('/status?')),
    of: (kind: string) =>
      created.map(({ body }) => body).filter(body => body.kind === kind),
    all: created.map(({ body }) => body),
  };
}

describe('createService', () => {
  it('writes one Deployment, five ReplicaSets of which the last has pods, and two pods', async () => {
    const { of } = await written();
    expect(of('Deployment')).toHaveLength(1);
    expect(of('ReplicaSet').map(({ spec }) => spec.replicas)).toEqual([
      0, 0, 0, 0, 2,
    ]);
    expect(of('Pod')).toHaveLength(2);
  });

  it('labels every object for upstream, which finds nothing by reference', async () => {
    const { all, service } = await written();
    expect(all.map(({ metadata }) => metadata.labels[SERVICE_LABEL])).toEqual(
      all.map(() => service.name),
    );
  });

  it('chains pods to the newest ReplicaSet and ReplicaSets to the Deployment', async () => {
    const { of } = await written();
    const [deployment] = of('Deployment');
    const replicaSets = of('ReplicaSet');
    const newest = replicaSets[replicaSets.length - 1];
    const ownersOf = (objects: any[]) =>
      objects.map(({ metadata }) => metadata.ownerReferences[0].uid);
    expect(new Set(ownersOf(replicaSets))).toEqual(
      new Set([deployment.metadata.name]),
    );
    expect(new Set(ownersOf(of('Pod')))).toEqual(
      new Set([newest.metadata.name]),
    );
    expect(newest.spec.template.spec).toEqual(deployment.spec.template.spec);
  });

  it('gives each of them the status of something that runs', async () => {
    const { statuses } = await written();
    expect(statuses).toHaveLength(8);
    expect(statuses.every(({ method }) => method === 'PUT')).toBe(true);
  });
});
