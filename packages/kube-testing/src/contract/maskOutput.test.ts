import { maskOutput } from './maskOutput';

describe('maskOutput', () => {
  it.each([
    [
      'NAME                   READY   AGE\nweb-5d4c8f7b9c-x2x4z   1/1     2m10s',
      'NAME  READY  AGE\nweb-<hash>-<suffix>  1/1  <age>',
    ],
    [
      'NewReplicaSet:   web-5d4c8f7b9c (1/1)',
      'NewReplicaSet:  web-<hash> (1/1)',
    ],
    [
      'CreationTimestamp:  Sat, 21 Nov 2026 15:03:07 +0000',
      'CreationTimestamp:  <time>',
    ],
    ['Created on: 2026-11-21 16:24:28 +0000 UTC', 'Created on: <time>'],
    ['  resourceVersion: "1234"', '  resourceVersion: <version>'],
    ['Normal  Pulled  3s   kubelet', 'Normal  Pulled  <age>  kubelet'],
    ['restarted 5 (10s ago), 0 (1h3m ago)', 'restarted 5 (<age>), 0 (<age>)'],
  ])('%s', (text, masked) => {
    expect(maskOutput(text)).toBe(masked);
  });

  it('leaves names and amounts alone', () => {
    const text = 'cart-frontend 500m 128Mi 10.0.0 team-delivery\n80/TCP';
    expect(maskOutput(text)).toBe(text);
  });
});
