import { AddressPool } from './AddressPool';

const pool = new AddressPool({
  name: 'small',
  prefix: '203.0.113',
  first: 10,
  last: 11,
});

describe('AddressPool', () => {
  it('gives each address once', () => {
    const taken = new Set<string>();
    const take = (wanted?: string) => {
      const address = pool.take({ taken, wanted });
      taken.add(address);
      return address;
    };
    expect([take(), take()]).toEqual(['203.0.113.10', '203.0.113.11']);
    expect(() => take()).toThrow('no address left in pool "small"');
    taken.delete('203.0.113.10');
    expect(take('203.0.113.10')).toBe('203.0.113.10');
    expect(() => take('203.0.113.11')).toThrow(
      'address 203.0.113.11 is in use',
    );
  });

  it.each(['203.0.113.9', '203.0.113.12', '203.0.11.10', '203.0.113.010', 'x'])(
    'does not have %s',
    wanted => {
      expect(() => pool.take({ taken: new Set(), wanted })).toThrow(
        `address ${wanted} is not in pool "small"`,
      );
    },
  );
});
