import {
  ConfigProblem,
  Environment,
} from '@koala-ops/backstage-plugin-koala-common';
import { orderByPromotion } from './orderByPromotion';

function env(name: string, promotesFrom?: string, tier?: string): Environment {
  return { name, title: name, promotesFrom, tier, targets: [] };
}

function order(...environments: Environment[]) {
  const problems: ConfigProblem[] = [];
  const names = orderByPromotion(environments, problems).map(
    ({ name }) => name,
  );
  return { names, problems };
}

describe('orderByPromotion', () => {
  it('follows the promotion, whatever the order of the configuration', () => {
    expect(
      order(env('prod', 'staging'), env('staging', 'dev'), env('dev')).names,
    ).toEqual(['dev', 'staging', 'prod']);
  });

  it('puts previews last', () => {
    expect(
      order(
        env('dev'),
        env('pr-1', 'dev', 'preview'),
        env('prod', 'dev'),
        env('sandbox'),
      ).names,
    ).toEqual(['dev', 'prod', 'sandbox', 'pr-1']);
  });

  it('keeps every environment of a circle, each once', () => {
    const { names, problems } = order(env('a', 'b'), env('b', 'a'), env('c'));
    expect([...names].sort()).toEqual(['a', 'b', 'c']);
    expect(problems).not.toHaveLength(0);
  });
});
