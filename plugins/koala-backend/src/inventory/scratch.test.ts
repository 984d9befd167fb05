import { mockServices } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { createFleet } from './createFleet';
jest.setTimeout(120_000);
it('scratch', async () => {
  const ca = readFileSync('/tmp/kb/cp/certs/apiserver.crt', 'utf8');
  const logger = mockServices.logger.mock();
  for (const l of ['info', 'warn', 'error'] as const) logger[l].mockImplementation((m: any) => console.log(Date.now() % 1e6, l, m));
  const fleet = createFleet({ logger, sources: [{ name: 's', clusters: async () => [
    { name: 'real', url: 'https://127.0.0.1:33793', ca, skipTlsVerify: false, fingerprint: 'a', credential: async () => ({ type: 'token', token: 'tok-admin' }) },
  ]}]});
  fleet.inventory.subscribe(c => console.log(Date.now() % 1e6, c.cluster, c.stateChanged, c.objects.map(o => `${o.kind} ${o.namespace} ${(o.after ?? o.before)?.meta.name}`).join(',').slice(0, 300), fleet.inventory.clusterState(c.cluster)));
  fleet.start();
  const until = Date.now() + Number(process.env.SECS ?? 5) * 1000;
  while (Date.now() < until) await new Promise(r => setTimeout(r, 200));
  console.log(JSON.stringify(fleet.stats(), null, 1));
  fleet.stop();
});
