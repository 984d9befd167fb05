import { Reason } from '../status/Reason';
import { Status } from '../status/Status';
import { Verdict } from '../status/Verdict';
import { earliest } from './lasting';

/**
 * How close a finding is to the cause of the trouble; among equally bad ones the closest is said first.
 */
export enum Closeness {
  /** Something that does not mend itself: an image that is not there, a crash. */
  Cause,
  /** What the workload as a whole says. */
  Workload,
  /** A step that every start goes through. */
  Step,
  /** Trouble of pods that are being replaced, or have been. */
  Past,
}

/** One thing there is to say about an object, before it becomes a reason. */
export interface Finding {
  /** Healthy findings tell why it is well although it may not look so. */
  status: Exclude<Status, 'not-deployed'>;
  closeness: Closeness;
  reason: Reason;
  /** Findings of several pods with an equal key are one reason. */
  foldKey: string;
  /** When the finding's status may change by the passing of time alone; ms since the epoch. */
  recheckAt?: number;
}

/** What was found about one object. */
export interface Inspection {
  status: Status;
  since?: number;
  findings: Finding[];
  recheckAt?: number;
}

const SEVERITY: readonly Status[] = [
  'degraded',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
];

function text(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Order of findings, the worst first; the same findings always come in the same order. */
export function byUrgency(a: Finding, b: Finding): number {
  return (
    SEVERITY.indexOf(a.status) - SEVERITY.indexOf(b.status) ||
    a.closeness - b.closeness ||
    (a.reason.since ?? 0) - (b.reason.since ?? 0) ||
    text(a.reason.code, b.reason.code) ||
    text(a.reason.message, b.reason.message) ||
    text(a.reason.object?.name ?? '', b.reason.object?.name ?? '')
  );
}

/** The worst of what was found; healthy where nothing was. */
export function statusOfFindings(findings: readonly Finding[]): Status {
  return (
    SEVERITY.find(status =>
      findings.some(finding => finding.status === status),
    ) ?? 'healthy'
  );
}

/**
 * Puts findings together: the worst status; since when the first finding of that status goes on; when to
 * look again. `healthySince` counts where nothing was found.
 */
export function inspectionOf(options: {
  findings: Finding[];
  healthySince?: number;
}): Inspection {
  const findings = [...options.findings].sort(byUrgency);
  const status = statusOfFindings(findings);
  return {
    status,
    since:
      status === 'healthy'
        ? options.healthySince
        : earliest(
            findings
              .filter(finding => finding.status === status)
              .map(({ reason }) => reason.since),
          ),
    findings,
    recheckAt: earliest(findings.map(({ recheckAt }) => recheckAt)),
  };
}

/** The public form of an inspection. */
export function verdictOf(inspection: Inspection): Verdict {
  return {
    status: inspection.status,
    since: inspection.since,
    reasons: inspection.findings.map(({ reason }) => reason),
    recheckAt: inspection.recheckAt,
  };
}
