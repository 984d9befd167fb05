import { rateBetween, requestsPerView } from './RequestCounter';

describe('requestsPerView', () => {
  it('takes what happens anyway off, and divides by the views', () => {
    const idleRate = rateBetween(
      { requests: 100, at: 0 },
      { requests: 110, at: 5_000 },
    );
    expect(
      requestsPerView({
        before: { requests: 110, at: 6_000 },
        after: { requests: 5_314, at: 8_000 },
        idleRate,
        views: 200,
      }),
    ).toBe(26);
  });
});
