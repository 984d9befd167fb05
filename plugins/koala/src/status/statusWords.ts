import { Status } from '@koala-ops/backstage-plugin-koala-common';

/** The word of each status, as it stands at the start of a line. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  healthy: 'Healthy',
  progressing: 'Progressing',
  degraded: 'Degraded',
  suspended: 'Suspended',
  'not-deployed': 'Not deployed',
  unknown: 'Unknown',
};

/** The same word inside a sentence. */
export function statusWord(status: Status): string {
  return STATUS_WORDS[status].toLowerCase();
}
