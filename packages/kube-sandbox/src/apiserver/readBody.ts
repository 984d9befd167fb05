import { KubeObject } from '../objects/KubeObject';
import { BodyType, readObject } from '../rest/readObject';
import { WriteOptions } from '../rest/writeOptions';
import { parseObjectBody } from './parseBody';
import { ResourceRequest } from './ResourceRequest';

/** The body of a request, read as that type. */
export async function readBody(
  { exchange }: ResourceRequest,
  type: BodyType,
  { fieldValidation }: Pick<WriteOptions, 'fieldValidation'>,
): Promise<KubeObject> {
  const { data, strictProblems } = parseObjectBody({
    body: await exchange.body(),
    contentType: exchange.header('content-type'),
    kind: type.kind,
  });
  return readObject({
    type,
    data,
    strictProblems: definition => strictProblems(`@${definition}`),
    fieldValidation,
    warn: message => exchange.warn(message),
  });
}
