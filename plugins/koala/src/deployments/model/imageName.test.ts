import { shortDigest, shortImage } from './imageName';

describe('shortImage', () => {
  it.each([
    ['registry.example.com:5000/shop/checkout:1.4.9', 'checkout:1.4.9'],
    ['nginx', 'nginx'],
    ['shop/checkout:1.4.9@sha256:9e1f0c2a7b5d', 'checkout:1.4.9'],
    ['shop/checkout@sha256:9e1f0c2a7b5d', 'checkout@sha256:9e1f0c2…'],
  ])('%s is %s', (image, short) => {
    expect(shortImage(image)).toBe(short);
  });
});

it('shortens a digest', () => {
  expect(shortDigest('sha256:9e1f0c2a7b5d')).toBe('sha256:9e1f0c2…');
  expect(shortDigest('odd')).toBe('odd');
});
