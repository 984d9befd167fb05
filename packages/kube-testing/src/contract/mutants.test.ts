import { contractCases } from './cases';
import { MUTANTS, runMutant } from './mutants';

// Half a minute on a slow machine: some cases wait for the end of a watch.
jest.setTimeout(300_000);

const AREAS =
  /^(apply|apply conflicts|apply removal|delete|list|paging|resourceVersion|watch):/;
const cases = contractCases.filter(it => AREAS.test(it.name));

async function failuresWith(faults: object): Promise<string[]> {
  const results = await runMutant({ faults, cases });
  return results.filter(result => result.error).map(result => result.name);
}

describe('the contract finds out a server that', () => {
  const control = failuresWith({});
  const mutants = Object.entries(MUTANTS).map(
    ([name, faults]) => [name, failuresWith(faults)] as const,
  );

  it.each(mutants)('%s', async (_name, failures) => {
    const unfaulted = await control;
    const found = (await failures).filter(name => !unfaulted.includes(name));
    expect(found).not.toEqual([]);
  });
});
