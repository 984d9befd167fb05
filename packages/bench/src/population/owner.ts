/** An object that was created, as those that it owns name it. */
export interface Owner {
  apiVersion: string;
  kind: string;
  metadata: { name: string; uid: string };
}

export function ownedBy({ apiVersion, kind, metadata }: Owner) {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
