import { SERVICE_NAME_LABEL } from '../labels/wellKnownLabels';
import { EndpointSliceObject } from '../objects/EndpointSliceObject';
import { projectMeta } from './projectMeta';
import { RawObject, readList, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

/** Counts the endpoints; one that is terminating is on its way out and is not counted. */
export function projectEndpointSlice(
  raw: RawObject,
  shared: SharedValues,
): EndpointSliceObject {
  const meta = projectMeta({ kind: 'EndpointSlice', raw, shared });
  let ready = 0;
  let notReady = 0;
  for (const endpoint of readList(raw.endpoints)) {
    const conditions = readObject(endpoint.conditions);
    // The API says: an endpoint that does not say whether it is ready, is.
    if (conditions.ready !== false) {
      ready += 1;
    } else if (conditions.terminating !== true) {
      notReady += 1;
    }
  }
  return {
    kind: 'EndpointSlice',
    meta,
    exposure: meta.labels[SERVICE_NAME_LABEL],
    addressType: shared.optionalText(readText(raw.addressType)),
    ready,
    notReady,
  };
}
