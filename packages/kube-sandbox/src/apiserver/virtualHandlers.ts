import { KubeObject } from '../objects/KubeObject';
import {
  reviewAccess,
  reviewLocalAccess,
  reviewSelfAccess,
  reviewSelfRules,
} from '../rest/accessReviews';
import { EVICTION, evictPod } from '../rest/evictPod';
import { reviewSelf, reviewToken } from '../rest/identityReviews';
import { ownersAfterWrite, OwnedType, Writer } from '../rest/fieldOwners';
import {
  requestToken,
  TOKEN_REQUEST,
  withDefaults,
} from '../rest/requestToken';
import { parseWriteOptions } from '../rest/writeOptions';
import { handleConnect, handleProxy } from './handleConnect';
import { handlePodLog } from './handlePodLog';
import { readBody } from './readBody';
import { ResourceRequest } from './ResourceRequest';

/** Answers a request about something that is not stored. */
export type Handler = (request: ResourceRequest) => Promise<void>;

type Review = (
  review: KubeObject,
  request: ResourceRequest,
) => KubeObject | Promise<KubeObject>;

/** What is sent without being stored says who has sent it all the same. */
function withOwners(
  object: KubeObject,
  options: { type: OwnedType; subresource?: string; writer: Writer },
): KubeObject {
  const managedFields = ownersAfterWrite({ ...options, after: object });
  return managedFields
    ? { ...object, metadata: { ...object.metadata, managedFields } }
    : object;
}

const answerReview =
  (review: Review): Handler =>
  async request => {
    const { type, exchange } = request;
    const options = parseWriteOptions(exchange.query, 'CreateOptions');
    const body = await readBody(request, type, options);
    const writer = request.writer(options);
    await request.sendOther(
      201,
      await review(withOwners(body, { type, writer }), request),
    );
  };

async function handleTokenRequest(request: ResourceRequest): Promise<void> {
  const { cluster, exchange } = request;
  const options = parseWriteOptions(exchange.query, 'CreateOptions');
  const body = await readBody(request, TOKEN_REQUEST, options);
  const issued = await requestToken({
    cluster,
    account: request.existing(),
    request: body,
  });
  const { managedFields } = withOwners(withDefaults(body), {
    type: TOKEN_REQUEST,
    subresource: 'token',
    writer: request.writer(options),
  }).metadata;
  await request.sendOther(201, {
    ...issued,
    metadata: { ...issued.metadata, managedFields },
  });
}

async function handleEviction(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, type } = request;
  const options = parseWriteOptions(exchange.query, 'CreateOptions');
  const eviction = await readBody(request, EVICTION, options);
  const { dryRun } = options;
  await request.sendOther(
    201,
    evictPod({ cluster, type, pod: request.existing(), eviction, dryRun }),
  );
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  '/pods/attach': handleConnect,
  '/pods/eviction': handleEviction,
  '/pods/exec': handleConnect,
  '/pods/log': handlePodLog,
  '/pods/portforward': handleConnect,
  '/pods/proxy': handleProxy,
  '/serviceaccounts/token': handleTokenRequest,
  'authentication.k8s.io/selfsubjectreviews': answerReview(
    (review, { user, cluster }) =>
      reviewSelf(review, user, cluster.clock.now()),
  ),
  'authentication.k8s.io/tokenreviews': answerReview((review, { cluster }) =>
    reviewToken(review, cluster.authenticator),
  ),
  'authorization.k8s.io/localsubjectaccessreviews': answerReview(
    (review, { cluster, namespace = '' }) =>
      reviewLocalAccess(review, cluster.access, namespace),
  ),
  'authorization.k8s.io/selfsubjectaccessreviews': answerReview(
    (review, { cluster, user }) =>
      reviewSelfAccess(review, cluster.access, user),
  ),
  'authorization.k8s.io/selfsubjectrulesreviews': answerReview(
    (review, { cluster, user }) =>
      reviewSelfRules(review, cluster.access, user),
  ),
  'authorization.k8s.io/subjectaccessreviews': answerReview(
    (review, { cluster }) => reviewAccess(review, cluster.access),
  ),
};

/** What answers requests for a resource or subresource that is no stored object; undefined for all others. */
export function virtualHandler({
  type,
  subresource,
}: ResourceRequest): Handler | undefined {
  const name = `${type.group}/${type.resource}`;
  return HANDLERS[subresource ? `${name}/${subresource}` : name];
}
