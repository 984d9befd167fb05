import { entityName } from './entityName';

describe('entityName', () => {
  it.each(['cart', 'front-end', 'Api.v2', 'a'])('keeps %s', name => {
    expect(entityName(name)).toBe(name);
  });

  it.each(['a b', 'Ünï', '-x-', '', 'x'.repeat(64), '🐨'])(
    'makes a valid name of %j',
    name => {
      const result = entityName(name);
      expect(result).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
      expect(result).toBe(entityName(name));
    },
  );

  it('keeps different names apart', () => {
    expect(entityName('a b')).not.toBe(entityName('a/b'));
    expect(entityName(`${'x'.repeat(70)}1`)).not.toBe(
      entityName(`${'x'.repeat(70)}2`),
    );
  });
});
