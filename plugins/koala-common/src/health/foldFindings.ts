import { byUrgency, Finding } from './Finding';
import { earliest } from './lasting';

/**
 * Makes one finding of those that many pods share: "3 of 5 pods: …", with the words of the pod that is
 * worst off.
 *
 * @param options - `total`: pods that could say it.
 */
export function foldFindings(options: {
  findings: readonly Finding[];
  total: number;
}): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...options.findings].sort(byUrgency)) {
    const key = `${finding.closeness}\n${finding.foldKey}`;
    const group = groups.get(key);
    if (group) {
      group.push(finding);
    } else {
      groups.set(key, [finding]);
    }
  }
  return [...groups.values()].map(group => {
    const [worst] = group;
    const pods = new Set(group.map(({ reason }) => reason.object?.name)).size;
    return {
      ...worst,
      reason: {
        ...worst.reason,
        message:
          options.total > 1
            ? `${pods} of ${options.total} pods: ${worst.reason.message}`
            : worst.reason.message,
        since: earliest(group.map(({ reason }) => reason.since)),
      },
      recheckAt: earliest(group.map(({ recheckAt }) => recheckAt)),
    };
  });
}
