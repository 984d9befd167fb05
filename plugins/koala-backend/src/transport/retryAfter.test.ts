import { retryAfterMs } from './retryAfter';

const now = Date.parse('2026-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['7', 7_000],
    [['3', '9'], 3_000],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['86400', 120_000],
  ])('reads %p as %p', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
