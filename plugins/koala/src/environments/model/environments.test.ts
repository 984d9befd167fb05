import { demoEnvironments } from '../../../dev/fixtures/demoEnvironments';
import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import {
  describeEnvironmentFilters,
  environmentChoices,
  matchesEnvironment,
  parseEnvironmentFilters,
  writeEnvironmentFilters,
} from './environmentFilters';
import { sectionsOf } from './sections';

const { environments } = demoEnvironments(demoMatrix({ now: 1e9 }));

const sections = (options: {
  all?: typeof environments;
  shown?: (name: string) => boolean;
}) =>
  sectionsOf({
    all: options.all ?? environments,
    shown: ({ name }) => options.shown?.(name) ?? true,
  }).map(({ title, note, environments: of }) => [
    title,
    note,
    of.map(({ name }) => name),
  ]);

describe('sectionsOf', () => {
  it('draws the promotion path, and puts previews apart', () => {
    expect(sections({})).toEqual([
      ['Promotion path', 'dev to staging to prod', ['dev', 'staging', 'prod']],
      ['Preview environments', undefined, ['pr-482']],
    ]);
  });

  it('keeps an environment where it belongs, whatever the filters leave', () => {
    expect(sections({ shown: name => name === 'prod' })).toEqual([
      ['Promotion path', 'dev to staging to prod', ['prod']],
    ]);
  });

  it('shows what nobody promotes by itself, and tells no path that is none', () => {
    const all = [
      ...environments,
      { ...environments[0], name: 'tools' },
      { ...environments[2], name: 'prod-2', title: 'prod-2' },
    ];
    expect(sections({ all }).map(([title, note]) => [title, note])).toEqual([
      ['Promotion path', undefined],
      ['Other environments', undefined],
      ['Preview environments', undefined],
    ]);
  });
});

describe('the filters of environments', () => {
  const names = (query: string) =>
    environments
      .filter(environment =>
        matchesEnvironment(
          environment,
          parseEnvironmentFilters(new URLSearchParams(query)),
        ),
      )
      .map(({ name }) => name);

  it.each([
    ['', ['dev', 'staging', 'prod', 'pr-482']],
    ['q=PR', ['prod', 'pr-482']],
    ['q=prod-us', ['prod']],
    ['q=shop staging', ['staging']],
    ['tier=preview', ['pr-482']],
    ['cluster=dev', ['dev', 'pr-482']],
    ['cluster=dev&tier=staging', []],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('are written into the query, which keeps its other keys', () => {
    const query = writeEnvironmentFilters(new URLSearchParams('x=1&q=old'), {
      text: '',
      tier: 'preview',
    });
    expect(query.toString()).toBe('x=1&tier=preview');
  });

  it('are said in words', () => {
    expect(
      describeEnvironmentFilters({ text: 'a', tier: 'b', cluster: 'c' }),
    ).toEqual(['“a”', 'Tier b', 'Cluster c']);
  });

  it('offer what occurs', () => {
    expect(environmentChoices(environments)).toEqual([
      {
        key: 'tier',
        label: 'Tier',
        choices: ['development', 'staging', 'production', 'preview'],
      },
      {
        key: 'cluster',
        label: 'Cluster',
        choices: ['dev', 'staging', 'prod-eu', 'prod-us'],
      },
    ]);
  });
});
