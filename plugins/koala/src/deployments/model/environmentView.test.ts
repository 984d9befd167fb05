import { demoDetail } from '../../../dev/fixtures/demoDetail';
import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import { chooseEnvironment, viewEnvironments } from './environmentView';

const viewsOf = (name: string, lost = true) =>
  viewEnvironments(
    demoDetail({
      matrix: demoMatrix({ now: 1e12, lost }),
      service: `component:default/${name}`,
      now: 1e12,
    }),
  );

describe('viewEnvironments', () => {
  it('never says just "Healthy" while a target is unknown', () => {
    const prod = viewsOf('checkout').find(v => v.title === 'prod')!;
    expect(prod.headlines.map(h => h.text)).toEqual([
      'Healthy in eu',
      'us unknown',
    ]);
  });

  it('says one word where all targets agree', () => {
    const prod = viewsOf('cart', false).find(v => v.title === 'prod')!;
    expect(prod.headlines.map(h => h.text)).toEqual(['Healthy']);
  });

  it('has the problem with its place', () => {
    const prod = viewsOf('fraud-scoring').find(v => v.title === 'prod')!;
    expect(prod.problem).toMatchObject({
      place: 'prod eu',
      status: 'degraded',
      reason: { code: 'OOMKilled' },
    });
  });

  it('takes the reason of a lost cluster where nothing worse is known', () => {
    const prod = viewsOf('cart').find(v => v.title === 'prod')!;
    expect(prod.problem).toMatchObject({
      place: 'prod us',
      status: 'unknown',
      reason: { code: 'unreachable' },
    });
  });
});

describe('chooseEnvironment', () => {
  it.each([
    ['checkout', undefined, 'staging'],
    ['fraud-scoring', undefined, 'prod'],
    ['recommendations', undefined, 'dev'],
    ['cart', undefined, 'prod'],
    ['checkout', 'dev', 'dev'],
    ['checkout', 'no such', 'staging'],
  ])('%s, asked for %s, opens at %s', (service, asked, expected) => {
    expect(chooseEnvironment(viewsOf(service), asked)?.title).toBe(expected);
  });
});
