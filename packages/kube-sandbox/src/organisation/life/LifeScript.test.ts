import { parseLifeScript, readLifeScript } from './LifeScript';

const GOOD = `
stages:
  - { name: dev, clusters: [dev], namespace: '{system}-dev' }
services:
  - { name: cart, system: shop }
`;

describe('parseLifeScript', () => {
  it('fills in what is not said', () => {
    expect(parseLifeScript(GOOD, 'life.yaml')).toEqual({
      seed: 1,
      everySeconds: 60,
      stages: [
        {
          name: 'dev',
          clusters: ['dev'],
          namespace: '{system}-dev',
          afterSeconds: 0,
        },
      ],
      services: [{ name: 'cart', system: 'shop', scales: false }],
      cronJobs: [],
    });
  });

  it.each([
    ['a: [', 'life.yaml is no YAML'],
    ['', 'life.yaml: the file has to be a map.'],
    ['stages: []', 'stages has to be a list of at least one stage.'],
    [
      `${GOOD}everySeconds: 1`,
      'everySeconds has to be a number of at least 10.',
    ],
    [
      GOOD.replace('clusters: [dev],', ''),
      'stages[0].clusters has to be a list.',
    ],
    [
      GOOD.replace(', system: shop', ''),
      'services[0].system has to be a text.',
    ],
    [`${GOOD}cronJobs: [cart]`, 'cronJobs[0] has to be a map.'],
  ])('refuses %j', (text, message) => {
    expect(() => parseLifeScript(text, 'life.yaml')).toThrow(message);
  });

  it('says that the file is not there', async () => {
    await expect(readLifeScript('/nowhere/life.yaml')).rejects.toThrow(
      /life script cannot be read.*nowhere/,
    );
  });
});
