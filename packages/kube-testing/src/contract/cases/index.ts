import { ContractCase } from '../ContractCase';
import { accessCases } from './access';
import { accessReviewCases } from './accessReviews';
import { applyCases } from './apply';
import { applyRemovalCases } from './applyRemoval';
import { applyListCases } from './applyLists';
import { applyConflictCases } from './applyConflicts';
import { applyTakeoverCases } from './applyTakeover';
import { applyRefusalCases } from './applyRefusals';
import { applyBodyCases } from './applyBodies';
import { managedFieldCases } from './managedFields';
import { managedFieldComponentCases } from './managedFieldComponents';
import { managedFieldEntryCases } from './managedFieldEntries';
import { managedFieldSubresourceCases } from './managedFieldSubresources';
import { badInputCases } from './badInput';
import { clientNodeCases, clientNodeLogCases } from './clientNode';
import { batchTableCases } from './batchTables';
import { builtInRoleCases } from './builtInRoles';
import { budgetCases } from './budgets';
import { createCases } from './create';
import { cronJobCases, cronJobControllerCases } from './cronJob';
import { daemonSetCases } from './daemonSet';
import { defaultCases } from './defaults';
import { deleteCases } from './delete';
import { deletionCases } from './deletion';
import { demoManifestCases } from './demoManifests';
import { discoveryCases } from './discovery';
import { eventCases } from './events';
import { evictionCases, evictionControllerCases } from './eviction';
import { exposureCases } from './exposure';
import { fieldValidationCases } from './fieldValidation';
import { initContainerCases } from './initContainers';
import { jobCases } from './job';
import { jsonPatchCases } from './jsonPatch';
import { kubectlCases } from './kubectl';
import { kubectlAskCases } from './kubectlAsk';
import { kubectlDescribeCases } from './kubectlDescribe';
import { kubectlGetCases } from './kubectlGet';
import { kubectlRolloutCases } from './kubectlRollout';
import { kubectlWriteCases } from './kubectlWrite';
import { listCases } from './list';
import { logCases } from './logs';
import { namespaceCases, namespaceControllerCases } from './namespaces';
import { openApiCases } from './openapi';
import { ownershipCases } from './ownership';
import { pagingCases } from './paging';
import { patchCases } from './patch';
import { podLifeCases } from './podLife';
import { podCases } from './pods';
import { representationCases } from './representations';
import { requestBodyCases } from './requestBodies';
import { resourceVersionCases } from './resourceVersion';
import { roleCases } from './roles';
import { rolloutCases } from './rollout';
import { rolloutTroubleCases } from './rolloutTrouble';
import { serviceAccountTokenCases } from './serviceAccountTokens';
import { settledCases } from './settled';
import { statefulKubectlCases } from './statefulKubectl';
import { statefulSetCases } from './statefulSet';
import { loadBalancerCases, serviceCases } from './services';
import { strategicMergeCases } from './strategicMerge';
import { streamingListCases } from './streamingList';
import { subresourceCases } from './subresources';
import { updateCases } from './update';
import { validationCases } from './validation';
import { volumeCases } from './volumes';
import { watchCases } from './watch';
import { watchLifeCases } from './watchLife';

/** Every case of the contract, the same for every target. */
export const contractCases: readonly ContractCase[] = [
  ...discoveryCases,
  ...openApiCases,
  ...representationCases,
  ...accessCases,
  ...roleCases,
  ...builtInRoleCases,
  ...accessReviewCases,
  ...serviceAccountTokenCases,
  ...createCases,
  ...requestBodyCases,
  ...defaultCases,
  ...fieldValidationCases,
  ...validationCases,
  ...badInputCases,
  ...updateCases,
  ...patchCases,
  ...jsonPatchCases,
  ...strategicMergeCases,
  ...applyCases,
  ...applyRemovalCases,
  ...applyListCases,
  ...applyConflictCases,
  ...applyTakeoverCases,
  ...applyRefusalCases,
  ...applyBodyCases,
  ...managedFieldCases,
  ...managedFieldEntryCases,
  ...managedFieldSubresourceCases,
  ...managedFieldComponentCases,
  ...subresourceCases,
  ...deleteCases,
  ...deletionCases,
  ...listCases,
  ...pagingCases,
  ...resourceVersionCases,
  ...watchCases,
  ...watchLifeCases,
  ...streamingListCases,
  ...namespaceCases,
  ...namespaceControllerCases,
  ...rolloutCases,
  ...rolloutTroubleCases,
  ...settledCases,
  ...statefulSetCases,
  ...daemonSetCases,
  ...statefulKubectlCases,
  ...volumeCases,
  ...budgetCases,
  ...podCases,
  ...logCases,
  ...evictionCases,
  ...evictionControllerCases,
  ...ownershipCases,
  ...exposureCases,
  ...jobCases,
  ...cronJobCases,
  ...cronJobControllerCases,
  ...serviceCases,
  ...loadBalancerCases,
  ...initContainerCases,
  ...podLifeCases,
  ...batchTableCases,
  ...eventCases,
  ...demoManifestCases,
  ...clientNodeCases,
  ...clientNodeLogCases,
  ...kubectlCases,
  ...kubectlGetCases,
  ...kubectlWriteCases,
  ...kubectlAskCases,
  ...kubectlRolloutCases,
  ...kubectlDescribeCases,
];
