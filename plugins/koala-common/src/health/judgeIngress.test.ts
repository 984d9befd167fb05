import { at, iso } from '../__fixtures__/clock';
import { rawService } from '../__fixtures__/rawExposure';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { judgeIngress } from './judgeIngress';

describe('judgeIngress', () => {
  const judge = (options: {
    port?: object;
    service?: string;
    addresses?: object[];
    exposures?: unknown[] | null;
  }) => {
    const { exposures = [rawService()] } = options;
    return judgeIngress({
      ingress: projectObject('Ingress', {
        metadata: { name: 'i', uid: 'i', creationTimestamp: iso(0) },
        spec: {
          ingressClassName: 'nginx',
          rules: [
            {
              http: {
                paths: [
                  {
                    backend: {
                      service: {
                        name: options.service ?? 'checkout',
                        port: options.port ?? { number: 80 },
                      },
                    },
                  },
                ],
              },
            },
          ],
        },
        status: {
          loadBalancer: { ingress: options.addresses ?? [{ ip: '192.0.2.1' }] },
        },
      }),
      exposures: exposures?.map(raw => projectObject('Service', raw)),
      now: at(60),
    });
  };

  it.each<VerdictRow>([
    { title: 'served', verdict: () => judge({}), status: 'healthy', codes: [] },
    {
      title: 'served by name of the port',
      verdict: () => judge({ port: { name: 'http' } }),
      status: 'healthy',
    },
    {
      title: 'no such port',
      verdict: () => judge({ port: { number: 81 } }),
      status: 'degraded',
      codes: ['BackendMissing'],
      says: 'exposure `checkout` has no port 81',
      nextStep: /port/,
    },
    {
      title: 'no such exposure, and no address',
      verdict: () => judge({ service: 'cart', addresses: [] }),
      status: 'degraded',
      codes: ['BackendMissing', 'IngressPending'],
    },
    {
      title: 'exposures may not be read: nothing is missing',
      verdict: () => judge({ service: 'cart', exposures: null }),
      status: 'healthy',
    },
    {
      title: 'no address yet',
      verdict: () => judge({ addresses: [] }),
      status: 'progressing',
      codes: ['IngressPending'],
      says: 'class `nginx`',
    },
    {
      title: 'an address that is none',
      verdict: () => judge({ addresses: [{ ip: '' }] }),
      status: 'progressing',
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
