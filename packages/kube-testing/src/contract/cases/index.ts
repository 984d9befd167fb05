import { ContractCase } from '../ContractCase';
import { accessCases } from './access';
import { createCases } from './create';
import { kubectlCases } from './kubectl';
import { rolloutCases } from './rollout';
import { podCases } from './pods';
import { ownershipCases } from './ownership';
import { exposureCases } from './exposure';
import { deleteCases } from './delete';
import { discoveryCases } from './discovery';
import { listCases } from './list';
import { namespaceCases, namespaceControllerCases } from './namespaces';
import { pagingCases } from './paging';
import { patchCases } from './patch';
import { resourceVersionCases } from './resourceVersion';
import { strategicMergeCases } from './strategicMerge';
import { streamingListCases } from './streamingList';
import { subresourceCases } from './subresources';
import { updateCases } from './update';
import { watchCases } from './watch';

/** Every case of the contract, the same for every target. */
export const contractCases: readonly ContractCase[] = [
  ...discoveryCases,
  ...accessCases,
  ...createCases,
  ...updateCases,
  ...patchCases,
  ...strategicMergeCases,
  ...subresourceCases,
  ...deleteCases,
  ...listCases,
  ...pagingCases,
  ...resourceVersionCases,
  ...watchCases,
  ...streamingListCases,
  ...namespaceCases,
  ...namespaceControllerCases,
  ...rolloutCases,
  ...podCases,
  ...ownershipCases,
  ...exposureCases,
  ...kubectlCases,
];
