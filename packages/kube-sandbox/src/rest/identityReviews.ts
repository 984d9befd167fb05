import { Authenticator, User } from '../access/Authenticator';
import { TOKEN_ISSUER } from '../access/ServiceAccountTokens';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { badRequest } from '../status/errors';

/** A user as reviews tell of one. */
function userInfo({ user, uid, groups, extra }: User): Fields {
  return {
    username: user,
    ...(uid && { uid }),
    ...(groups && groups.length > 0 && { groups }),
    ...(extra && { extra }),
  };
}

/** Answers a SelfSubjectReview: who am I? */
export function reviewSelf(
  review: KubeObject,
  user: User,
  now: number,
): KubeObject {
  return {
    kind: review.kind,
    apiVersion: review.apiVersion,
    metadata: { creationTimestamp: toTimestamp(now) } as KubeObject['metadata'],
    status: { userInfo: userInfo(user) },
  };
}

/** Answers a TokenReview: whose token is this? */
export async function reviewToken(
  review: KubeObject,
  authenticator: Authenticator,
): Promise<KubeObject> {
  const { token, audiences = [TOKEN_ISSUER] } = review.spec ?? {};
  if (!token) {
    throw badRequest('token is required for TokenReview in authentication');
  }
  const user = await authenticator.userOf(token, audiences);
  return {
    ...review,
    status: user
      ? {
          authenticated: true,
          user: userInfo(user),
          audiences: audiences.filter((it: string) => it),
        }
      : { user: {}, error: 'invalid bearer token' },
  };
}
