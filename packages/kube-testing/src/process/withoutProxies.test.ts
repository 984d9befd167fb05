import { withoutProxies } from './withoutProxies';

describe('withoutProxies', () => {
  it('leaves out what names a proxy, in either case, and nothing else', () => {
    expect(
      withoutProxies({
        HTTP_PROXY: 'a',
        https_proxy: 'b',
        ALL_PROXY: 'c',
        NO_PROXY: 'd',
        PATH: '/bin',
        MY_PROXY_NAME: 'e',
      }),
    ).toEqual({ PATH: '/bin', MY_PROXY_NAME: 'e' });
  });
});
