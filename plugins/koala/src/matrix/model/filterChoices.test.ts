import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import { filterChoices } from './filterChoices';

describe('filterChoices', () => {
  it('offers what occurs, by name', () => {
    const choices = new Map(
      filterChoices(demoMatrix({ now: 0 })).map(c => [
        c.key,
        c.choices.map(choice => choice.label),
      ]),
    );
    expect(choices.get('system')).toEqual([
      'data-platform',
      'payments',
      'shop',
    ]);
    expect(choices.get('project')).toEqual(['acme', 'acme-data']);
    expect(choices.get('tier')).toEqual([
      'development',
      'staging',
      'production',
      'preview',
    ]);
  });

  it('offers "No system" where some services have none, and no empty filter', () => {
    const matrix = demoMatrix({ now: 0 });
    const services = matrix.services.map((service, index) => ({
      ...service,
      project: undefined,
      system: index === 0 ? undefined : service.system,
    }));
    const found = filterChoices({ ...matrix, services });
    expect(found[0].choices.at(-1)).toEqual({ value: '-', label: 'No system' });
    expect(found.map(f => f.key)).not.toContain('project');
  });
});
