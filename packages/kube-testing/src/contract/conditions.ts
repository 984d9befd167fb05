/** `Type=Status/Reason` of an object's conditions, by type. */
export function conditionsOf(object: any): Record<string, string> {
  const entries = (object.status?.conditions ?? []).map((it: any) => [
    it.type,
    [it.status, it.reason].filter(Boolean).join('/'),
  ]);
  return Object.fromEntries(entries);
}

/** What `kubectl rollout status` waits for. */
export function isRolledOut({ metadata, spec, status }: any): boolean {
  return (
    status?.observedGeneration >= metadata?.generation &&
    (status.replicas ?? 0) === spec.replicas &&
    (status.updatedReplicas ?? 0) === spec.replicas &&
    (status.availableReplicas ?? 0) === spec.replicas
  );
}
