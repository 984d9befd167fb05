import { apiPath } from './apiPath';

describe('apiPath', () => {
  it('joins plain segments', () => {
    expect(apiPath('api', 'v1', 'namespaces', 'shop', 'pods')).toBe(
      '/api/v1/namespaces/shop/pods',
    );
  });

  it('encodes what would change the path', () => {
    expect(apiPath('a/b', '../c', '%2e%2e', 'd?e#f')).toBe(
      '/a%2Fb/..%2Fc/%252e%252e/d%3Fe%23f',
    );
  });

  it.each(['', '.', '..'])('refuses %p', segment => {
    expect(() => apiPath('api', segment)).toThrow(/cannot be part/);
  });
});
