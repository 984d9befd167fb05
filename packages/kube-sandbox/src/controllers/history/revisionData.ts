import { PodTemplate } from '../../client';

/** What a ControllerRevision keeps: the patch that brings a workload's template back. */
export interface RevisionData {
  spec: { template: PodTemplate & { $patch: 'replace' } };
}

/** The data of the revision that has this template; its keys are sorted, as clients compare the text. */
export function revisionData(template: PodTemplate): RevisionData {
  return sorted({
    spec: { template: { $patch: 'replace', ...template } },
  }) as RevisionData;
}

/** The template that a revision brings back. */
export function templateOf(data: unknown): PodTemplate {
  const { spec } = (data ?? {}) as Partial<RevisionData>;
  const { $patch: _, ...template } = spec?.template ?? {
    $patch: 'replace',
    spec: { containers: [] },
  };
  return template;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => [key, sorted(entry)]),
    );
  }
  return value;
}

const ESCAPED: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * The data as text, byte for byte as Go writes it (sorted keys, HTML escaped): names of revisions are
 * hashes of it, and equal text means equal revisions.
 */
export function revisionText(data: unknown): string {
  return JSON.stringify(sorted(data)).replace(
    /[<>&\u2028\u2029]/g,
    character => ESCAPED[character],
  );
}
