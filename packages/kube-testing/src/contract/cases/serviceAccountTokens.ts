import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure, masked } from '../expectations';
import { kubectl } from '../kubectl';
import { podOf } from '../logs';
import { unscheduledPod } from '../objects';
import { bind, mayI, READ_PODS, role, roleBinding } from '../roles';

const GROUP = 'authentication.k8s.io';

async function account(t: ContractContext, name = 'robot'): Promise<any> {
  return t.create('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name },
  });
}

/** A TokenRequest; the answer is left out of the transcript, because every token is another. */
function request(t: ContractContext, spec: object = {}, name = 'robot') {
  return t.transcript.quietly(() =>
    t.client.post(t.path('serviceaccounts', `${name}/token`), {
      apiVersion: `${GROUP}/v1`,
      kind: 'TokenRequest',
      spec,
    }),
  );
}

async function issue(t: ContractContext, spec?: object): Promise<string> {
  const { status, text, body } = await request(t, spec);
  assert.equal(status, 201, text);
  return body.status.token;
}

/** Service accounts and their tokens. */
export const serviceAccountTokenCases = area('service account tokens', {
  'a token is issued for an hour unless told': async t => {
    const { metadata } = await account(t);
    const { body } = await request(t);
    const { spec, status, ...rest } = body;
    assert.equal(rest.kind, 'TokenRequest');
    assert.equal(rest.metadata.name, 'robot');
    assert.equal(rest.metadata.uid, metadata.uid);
    assert.deepEqual(spec, {
      audiences: ['https://kubernetes.default.svc'],
      expirationSeconds: 3600,
      boundObjectRef: null,
    });
    const lifetime =
      Date.parse(status.expirationTimestamp) -
      Date.parse(rest.metadata.creationTimestamp);
    assert.ok(Math.abs(lifetime - 3_600_000) < 5_000, String(lifetime));
    const [, claims] = status.token.split('.');
    const payload = JSON.parse(Buffer.from(claims, 'base64url').toString());
    assert.deepEqual(payload.aud, ['https://kubernetes.default.svc']);
    assert.equal(payload.sub, `system:serviceaccount:${t.namespace}:robot`);
    assert.equal(payload.exp - payload.iat, 3600);
    assert.deepEqual(payload['kubernetes.io'], {
      namespace: t.namespace,
      serviceaccount: { name: 'robot', uid: metadata.uid },
    });
  },

  'who has the token is the service account': async t => {
    const { metadata } = await account(t);
    const token = await issue(t);
    const { body } = await t.transcript.quietly(() =>
      t.client.post(`/apis/${GROUP}/v1/selfsubjectreviews`, {}, { token }),
    );
    const { extra, ...userInfo } = body.status.userInfo;
    assert.deepEqual(userInfo, {
      username: `system:serviceaccount:${t.namespace}:robot`,
      uid: metadata.uid,
      groups: [
        'system:serviceaccounts',
        `system:serviceaccounts:${t.namespace}`,
        'system:authenticated',
      ],
    });
    assert.match(
      extra['authentication.kubernetes.io/credential-id'][0],
      /^JTI=[0-9a-f-]{36}$/,
    );
  },

  'a role is bound to it, with or without its namespace': async t => {
    await account(t);
    await t.create('roles', role('reader', READ_PODS));
    const token = await issue(t);
    const refused = await t.client.get(t.path('pods'), { token });
    assertFailure(refused, {
      code: 403,
      reason: 'Forbidden',
      message: `pods is forbidden: User "system:serviceaccount:${t.namespace}:robot" cannot list resource "pods" in API group "" in the namespace "${t.namespace}"`,
      details: { kind: 'pods' },
    });
    const wanted = { verb: 'list', resource: 'pods' };
    const subject = { kind: 'ServiceAccount', name: 'robot' };
    await bind(t, roleBinding('a', 'Role/reader', subject), {
      who: { token },
      may: wanted,
    });
    assert.equal((await t.client.get(t.path('pods'), { token })).status, 200);
    assert.deepEqual(await mayI(t, { token }, wanted), {
      allowed: true,
      reason: `RBAC: allowed by RoleBinding "a/${t.namespace}" of Role "reader" to ServiceAccount "robot/${t.namespace}"`,
    });
  },

  'a token ends with its account': async t => {
    await account(t);
    const token = await issue(t);
    assert.equal((await t.client.get('/version', { token })).status, 200);
    await t.remove('serviceaccounts', 'robot');
    // The real server remembers for ten seconds whom it has let in.
    await t.eventuallyTrue(
      'the token being refused',
      async () => (await t.client.get('/version', { token })).status === 401,
    );
    await account(t);
    const again = await t.client.get('/version', { token });
    assertFailure(again, {
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
  },

  'a token that is changed is none': async t => {
    await account(t);
    const token = await issue(t);
    const [head, claims, signature] = token.split('.');
    const forged = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(claims, 'base64url').toString()),
        sub: 'system:serviceaccount:kube-system:default',
      }),
    ).toString('base64url');
    for (const wrong of [
      `${head}.${forged}.${signature}`,
      `${head}.${claims}.`,
      `${head}.${claims}`,
      `${token}x`,
    ]) {
      const { status } = await t.client.get('/version', { token: wrong });
      assert.equal(status, 401, wrong);
    }
  },

  'a token for others is not for this server': async t => {
    await account(t);
    const { body } = await request(t, { audiences: ['vault'] });
    assert.deepEqual(body.spec.audiences, ['vault']);
    const { token } = body.status;
    assert.equal((await t.client.get('/version', { token })).status, 401);
    const review = await t.transcript.quietly(() =>
      t.client.post(`/apis/${GROUP}/v1/tokenreviews`, {
        spec: { token, audiences: ['vault'] },
      }),
    );
    assert.equal(review.body.status.authenticated, true, review.text);
    assert.deepEqual(review.body.status.audiences, ['vault']);
  },

  'a token that is bound to a pod ends with it': async t => {
    await account(t);
    const { metadata } = await t.create(
      'pods',
      podOf('a', { schedulerName: 'nobody', serviceAccountName: 'robot' }),
    );
    const boundObjectRef = { kind: 'Pod', apiVersion: 'v1', name: 'a' };
    const token = await issue(t, { boundObjectRef });
    const [, claims] = token.split('.');
    const payload = JSON.parse(Buffer.from(claims, 'base64url').toString());
    assert.deepEqual(payload['kubernetes.io'].pod, {
      name: 'a',
      uid: metadata.uid,
    });
    assert.equal((await t.client.get('/version', { token })).status, 200);
    await t.remove('pods', 'a', { gracePeriodSeconds: 0 });
    await t.eventuallyTrue(
      'the token being refused',
      async () => (await t.client.get('/version', { token })).status === 401,
    );
  },

  'a token is bound to what is there, and is its own': async t => {
    await account(t);
    await t.create('pods', unscheduledPod('other'));
    await t.create(
      'pods',
      podOf('a', { schedulerName: 'nobody', serviceAccountName: 'robot' }),
    );
    const bindTo = (ref: object) =>
      request(t, {
        boundObjectRef: { kind: 'Pod', apiVersion: 'v1', ...ref },
      });
    assertFailure(await bindTo({ name: 'nope' }), {
      code: 404,
      reason: 'NotFound',
      message: 'pods "nope" not found',
      details: { name: 'nope', kind: 'pods' },
    });
    assertFailure(await bindTo({ kind: 'ConfigMap', name: 'a' }), {
      code: 400,
      reason: 'BadRequest',
      message: 'cannot bind token to object of type /v1, Kind=ConfigMap',
    });
    assertFailure(await bindTo({ name: 'other' }), {
      code: 400,
      reason: 'BadRequest',
      message:
        'cannot bind token for serviceaccount "robot" to pod running with different serviceaccount name.',
    });
    assertFailure(await bindTo({ name: 'a', uid: 'another' }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on Pod "a": the UID in the bound object reference (another) does not match the UID in record. The object might have been deleted and then recreated',
      details: { name: 'a', kind: 'Pod' },
    });
  },

  'requests that make no sense are refused': async t => {
    await account(t);
    for (const [seconds, problem] of [
      [60, 'may not specify a duration less than 10 minutes'],
      [99_999_999_999, 'may not specify a duration larger than 2^32 seconds'],
    ] as const) {
      const message = `Invalid value: ${seconds}: ${problem}`;
      assertFailure(await request(t, { expirationSeconds: seconds }), {
        code: 422,
        reason: 'Invalid',
        message: `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: ${message}`,
        details: {
          group: GROUP,
          kind: 'TokenRequest',
          causes: [
            {
              reason: 'FieldValueInvalid',
              message,
              field: 'spec.expirationSeconds',
            },
          ],
        },
      });
    }
    assertFailure(await request(t, {}, 'nope'), {
      code: 404,
      reason: 'NotFound',
      message: 'serviceaccounts "nope" not found',
      details: { name: 'nope', kind: 'serviceaccounts' },
    });
    const other = await t.client.post(
      t.path('serviceaccounts', 'robot/token'),
      { metadata: { name: 'other' } },
    );
    assert.equal(other.status, 422);
    assert.match(
      other.body.message,
      /must match the service account name if specified/,
    );
    assert.equal(
      (await t.client.get(t.path('serviceaccounts', 'robot/token'))).status,
      405,
    );
  },

  'kubectl create token': async t => {
    const created = await account(t);
    const token = (
      await kubectl(t, 'create', 'token', 'robot', '--duration=20m')
    ).trim();
    const { body } = await t.transcript.quietly(() =>
      t.client.post(`/apis/${GROUP}/v1/tokenreviews`, { spec: { token } }),
    );
    assert.equal(
      body.status.user.username,
      `system:serviceaccount:${t.namespace}:robot`,
    );
    assert.equal(masked(created).kind, 'ServiceAccount');
  },
});
