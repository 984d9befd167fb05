import { compareVersions } from './compareVersions';

describe('compareVersions', () => {
  it.each<[string, string, 'older' | 'newer' | 'same' | undefined]>([
    ['1.4.2', '1.4.2', 'same'],
    ['main', 'main', 'same'],
    ['1.4.2', '1.4.10', 'older'],
    ['2.0.0', '1.9.9', 'newer'],
    ['v2', '2.0.0', 'same'],
    ['v2', 'v10', 'older'],
    ['2.6', '2.6.1', 'older'],
    ['01.2.3', '1.2.4', 'older'],
    ['3.12.0-rc.2', '3.12.0', 'older'],
    ['3.12.0-rc.2', '3.12.0-rc.10', 'older'],
    ['3.12.0-rc.2', '3.11.4', 'newer'],
    // A variant is not an earlier version, and what follows a tag is not before it.
    ['1.4.2-alpine', '1.4.2', undefined],
    ['1.4.2-alpine', '1.4.3-alpine', 'older'],
    ['1.4.2-5-g1a2b3c4', '1.4.2', undefined],
    ['main-3f2c1ab', 'main-91c77e0', undefined],
    ['2024-10-01', '2024-10-02', undefined],
    ['3f2c1ab', '1.0.0', undefined],
    ['1.2.3.4', '1.2.3.5', undefined],
    ['', '1.0.0', undefined],
    ['sha256:9e1', 'sha256:9e2', undefined],
  ])('%s is %s: %s', (a, b, expected) => {
    const order = compareVersions(a, b);
    const said =
      order === undefined
        ? undefined
        : ({ '-1': 'older', '0': 'same', '1': 'newer' } as const)[
            String(Math.sign(order)) as '0'
          ];
    expect(said).toBe(expected);
  });
});
