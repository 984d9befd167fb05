/** The fields of a workload that say to which service it belongs. */
export interface LabelledWorkload {
  metadata?: {
    name?: string;
    namespace?: string;
    labels?: Record<string, string> | null;
  };
  spec?: {
    template?: { metadata?: { labels?: Record<string, string> | null } };
  };
}

/** How a workload is recognised again: a label's value, or its own name. */
export interface ServiceName {
  value: string;
  /** The label that carries it; undefined where it is the workload's own name. */
  label?: string;
}

const LABELS = ['app.kubernetes.io/name', 'app'];

/** The name of the service that a workload runs, by the labels most manifests carry. */
export function serviceNameOf(
  workload: LabelledWorkload,
): ServiceName | undefined {
  const labels = labelsOf(workload);
  const label = LABELS.find(key => labels[key]);
  if (label) {
    return { value: labels[label], label };
  }
  const name = workload.metadata?.name;
  return name ? { value: name } : undefined;
}

/** The application that a workload is part of. */
export function applicationOf(workload: LabelledWorkload): string | undefined {
  return labelsOf(workload)['app.kubernetes.io/part-of'] || undefined;
}

/** Labels of the pod template and of the workload, which wins. */
function labelsOf({
  metadata,
  spec,
}: LabelledWorkload): Record<string, string> {
  return { ...spec?.template?.metadata?.labels, ...metadata?.labels };
}
