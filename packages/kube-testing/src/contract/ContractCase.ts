import { ContractContext } from './ContractContext';

/** One promise of the Kubernetes API; it rejects where the server does not keep it. */
export type ContractTest = (t: ContractContext) => Promise<void>;

/** A test with the name by which both targets report it. */
export interface ContractCase {
  /** `<area>: <promise>`, unique. */
  name: string;
  test: ContractTest;
  /** True where controllers and nodes must be at work, and not just an API server. */
  controllers: boolean;
}

/** Names the tests of one area of the API. */
export function area(
  name: string,
  tests: Record<string, ContractTest>,
  options: { controllers?: boolean } = {},
): ContractCase[] {
  const { controllers = false } = options;
  return Object.entries(tests).map(([promise, test]) => ({
    name: `${name}: ${promise}`,
    test,
    controllers,
  }));
}
