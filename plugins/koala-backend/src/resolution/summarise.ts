import {
  MatchingFinding,
  ServiceIdentity,
  ServiceSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import { SlotMatching } from './Slot';

/** A service as the matrix shows it. */
export function summarise(options: {
  service: ServiceIdentity;
  matching: SlotMatching;
  findings: readonly MatchingFinding[];
}): ServiceSummary {
  const { service, matching, findings } = options;
  const { annotations, lifecycle, ...shown } = service;
  return {
    ...shown,
    matchedBy: matching.rule,
    ...(findings.length > 0 ? { findings: [...findings] } : {}),
  };
}
