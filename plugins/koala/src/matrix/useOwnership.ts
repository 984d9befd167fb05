import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** Entity references of the reader and of the teams they speak for; undefined until they are known. */
export function useOwnership(): readonly string[] | undefined {
  const identity = useApi(identityApiRef);
  const [refs, setRefs] = useState<readonly string[]>();
  useEffect(() => {
    let current = true;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) =>
        current && setRefs(ownershipEntityRefs.map(ref => ref.toLowerCase())),
      () => current && setRefs([]),
    );
    return () => {
      current = false;
    };
  }, [identity]);
  return refs;
}
