export {
  koalaServicePermissionResourceRef,
  type KoalaServiceFilter,
  type KoalaServiceResource,
} from './koalaServiceResource';
export {
  createKoalaServiceConditionalDecision,
  koalaServiceConditions,
} from './rules';
