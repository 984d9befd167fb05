import { readOptions } from './options';

describe('readOptions', () => {
  it('measures 200 services in five rounds unless told', () => {
    expect(readOptions([])).toMatchObject({
      services: 200,
      runs: 5,
      capMs: 60_000,
      target: 'auto',
    });
  });

  it('lets a flag win over --quick, wherever it stands', () => {
    expect(readOptions(['--runs', '3', '--quick'])).toMatchObject({
      services: 20,
      runs: 3,
      capMs: 10_000,
    });
  });

  it.each([
    [['--services', '0'], /--services is "0"/],
    [['--runs', '1.5'], /--runs is "1.5"/],
    [['--services', 'many'], /--services is "many"/],
    [['--target', 'moon'], /real, sandbox or auto/],
    [['--fast'], /--fast/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
