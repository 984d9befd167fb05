import { PodAddresses } from './PodAddresses';

describe('PodAddresses', () => {
  it('gives each pod its own, keeps what it has, and comes round to freed ones', () => {
    const addresses = new PodAddresses('10.1.0');
    expect(addresses.assign('a')).toBe('10.1.0.2');
    expect(addresses.assign('b', '10.1.0.3')).toBe('10.1.0.3');
    expect(addresses.assign('c')).toBe('10.1.0.4');
    addresses.release('a');
    expect(addresses.assign('d')).toBe('10.1.0.5');
    for (let index = 0; index < 249; index += 1) {
      addresses.assign(`x${index}`);
    }
    expect(addresses.assign('e')).toBe('10.1.0.2');
    expect(() => addresses.assign('f')).toThrow(/too many pods/);
  });
});
