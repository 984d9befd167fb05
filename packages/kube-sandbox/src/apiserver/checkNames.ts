import { KubeObject } from '../objects/KubeObject';
import { badRequest } from '../status/errors';
import { ResourceRequest } from './ResourceRequest';

/** Refuses an object that is not the one that the path names. */
export function checkNames(request: ResourceRequest, object: KubeObject) {
  const { name, namespace } = object.metadata;
  if (!name) {
    throw badRequest(
      `the name of the object (${request.name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name !== request.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${request.name})`,
    );
  }
  if (request.namespace && namespace && namespace !== request.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}
