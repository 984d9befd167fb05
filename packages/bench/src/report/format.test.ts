import { formatBytes, formatMs, formatRatio } from './format';

it.each([
  [0.842, '0.84 ms'],
  [12.34, '12.3 ms'],
  [218.4, '218 ms'],
  [4_020, '4.0 s'],
])('formats %d milliseconds as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

it.each([
  [830, '830 B'],
  [4_640, '4.6 KB'],
  [2_270_000, '2.27 MB'],
])('formats %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [5, 100, '1/20.0'],
  [5.1, 100, '1/19.6'],
  [1, 400, '1/400'],
  [2, 7, '1/3.5'],
  [105, 100, '1.05x'],
  [90, 100, '0.90x'],
  [530, 10, '53x'],
  [0, 10, '0x'],
  [1, 0, 'no ratio'],
])('formats %d against %d as %s', (a, b, text) => {
  expect(formatRatio(a, b)).toBe(text);
});
