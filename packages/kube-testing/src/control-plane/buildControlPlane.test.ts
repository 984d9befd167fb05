import { explainBuildFailure, linkerFlags } from './buildControlPlane';

describe('linkerFlags', () => {
  it('gives both version packages the version', () => {
    const flags = linkerFlags('v1.35.1');
    for (const name of [
      'k8s.io/component-base/version',
      'k8s.io/client-go/pkg/version',
    ]) {
      expect(flags).toContain(`-X ${name}.gitVersion=v1.35.1`);
      expect(flags).toContain(`-X ${name}.gitMajor=1`);
      expect(flags).toContain(`-X ${name}.gitMinor=35`);
    }
  });
});

describe('explainBuildFailure', () => {
  it.each([
    [
      'go: downloading k8s.io/api v0.35.1\ngo: k8s.io/api@v0.35.1: Get "https://proxy.example/x": dial tcp: lookup proxy.example: no such host\n',
      /could not be downloaded .*no such host.*GOPROXY/,
    ],
    [
      'go: k8s.io/api@v0.35.1: reading https://proxy.example/x: 404 Not Found',
      /could not be downloaded .*404/,
    ],
    ['/home/x: write: no space left on device', /no space is left/],
    ['# k8s.io/x\n./a.go:1:2: undefined: y\n', /undefined: y/],
    ['', /without saying why/],
  ])('%j', (stderr, sentence) => {
    const text = explainBuildFailure(stderr);
    expect(text).toMatch(sentence);
    expect(text).not.toContain('\n');
  });
});
