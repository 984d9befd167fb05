import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { KoalaServiceResource } from './koalaServiceResource';
import {
  createKoalaServiceConditionalDecision,
  koalaServiceConditions,
} from './rules';
import { VisibilityAuthority } from './VisibilityAuthority';
import { koalaServiceReadPermission } from '@koala-ops/backstage-plugin-koala-common';

const allow = { result: AuthorizeResult.ALLOW };
const deny = { result: AuthorizeResult.DENY };
const onlyProd = createKoalaServiceConditionalDecision(
  koalaServiceReadPermission,
  koalaServiceConditions.isInEnvironment({ values: ['prod'] }),
);

function resource(service: string, environment: string): KoalaServiceResource {
  return {
    service: `component:default/${service}`,
    environment,
    cluster: 'c',
    namespaces: ['shop'],
  };
}

function authority(options: {
  service: any;
  entity: any;
  readable?: string[];
}) {
  const permissions = mockServices.permissions.mock();
  permissions.authorizeConditional.mockImplementation(async () => [
    options.service,
    options.entity,
  ]);
  const catalog = {
    async *streamEntities() {
      yield (options.readable ?? []).map(name => ({
        apiVersion: 'v1',
        kind: 'Component',
        metadata: { name },
      }));
    },
  };
  const clock = { now: 0 };
  return {
    permissions,
    clock,
    authority: VisibilityAuthority.create({
      auth: mockServices.auth(),
      permissions,
      catalog,
      now: () => clock.now,
    }),
  };
}

describe('VisibilityAuthority', () => {
  const reader = mockCredentials.user('user:default/ana');

  it('shows everything to a reader who may read everything', async () => {
    const visibility = await authority({
      service: allow,
      entity: allow,
    }).authority.visibilityFor(reader);
    expect(visibility.key).toBe('all');
    expect(visibility.sees(resource('cart', 'dev'))).toBe(true);
  });

  it.each([
    ['koala.service.read', { service: deny, entity: allow }],
    ['catalog.entity.read', { service: allow, entity: deny }],
  ])('refuses a reader without %s, and says so', async (name, decisions) => {
    await expect(
      authority(decisions).authority.visibilityFor(reader),
    ).rejects.toThrow(name);
  });

  it('applies conditions on services and the catalog together', async () => {
    const visibility = await authority({
      service: onlyProd,
      entity: { ...onlyProd, result: AuthorizeResult.CONDITIONAL },
      readable: ['cart'],
    }).authority.visibilityFor(reader);
    expect(visibility.sees(resource('cart', 'prod'))).toBe(true);
    expect(visibility.sees(resource('cart', 'dev'))).toBe(false);
    expect(visibility.sees(resource('ledger', 'prod'))).toBe(false);
  });

  it('gives different sets of permissions different keys, and equal ones the same', async () => {
    const keyOf = async (options: Parameters<typeof authority>[0]) =>
      (await authority(options).authority.visibilityFor(reader)).key;
    const conditional = {
      service: allow,
      entity: { ...onlyProd, result: AuthorizeResult.CONDITIONAL },
    };
    const keys = await Promise.all([
      keyOf({ service: allow, entity: allow }),
      keyOf({ service: onlyProd, entity: allow }),
      keyOf({ ...conditional, readable: ['cart'] }),
      keyOf({ ...conditional, readable: ['ledger'] }),
    ]);
    expect(new Set(keys).size).toBe(4);
    expect(await keyOf({ ...conditional, readable: ['cart'] })).toBe(keys[2]);
  });

  it('asks once in a while for each reader, and sees a withdrawn permission then', async () => {
    const options = { service: allow as any, entity: allow as any };
    const { authority: subject, permissions, clock } = authority(options);
    await subject.visibilityFor(reader);
    await subject.visibilityFor(reader);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(1);
    await subject.visibilityFor(mockCredentials.user('user:default/tom'));
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);

    options.service = deny;
    await expect(subject.visibilityFor(reader)).resolves.toBeDefined();
    clock.now = 3_001;
    await expect(subject.visibilityFor(reader)).rejects.toThrow('denied');
  });

  it('makes a decision anew before it ends, and keeps no reader waiting for it', async () => {
    const options = { service: allow as any, entity: allow as any };
    const { authority: subject, permissions, clock } = authority(options);
    const first = await subject.visibilityFor(reader);
    clock.now = 1_500;
    options.service = onlyProd;
    expect(await subject.visibilityFor(reader)).toBe(first);
    await new Promise(resolve => setImmediate(resolve));
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);
    const second = await subject.visibilityFor(reader);
    expect(second.sees(resource('cart', 'dev'))).toBe(false);

    clock.now = 3_000;
    options.service = deny;
    await expect(subject.visibilityFor(reader)).resolves.toBe(second);
    await new Promise(resolve => setImmediate(resolve));
    await expect(subject.visibilityFor(reader)).rejects.toThrow('denied');
  });

  it('goes on with a decision that cannot be made anew, until it ends', async () => {
    const {
      authority: subject,
      permissions,
      clock,
    } = authority({
      service: allow,
      entity: allow,
    });
    const first = await subject.visibilityFor(reader);
    permissions.authorizeConditional.mockRejectedValue(new Error('down'));
    clock.now = 1_500;
    await subject.visibilityFor(reader);
    await new Promise(resolve => setImmediate(resolve));
    expect(await subject.visibilityFor(reader)).toBe(first);
    clock.now = 3_000;
    await expect(subject.visibilityFor(reader)).rejects.toThrow('down');
  });

  it('does not remember a decision that could not be made', async () => {
    const { authority: subject, permissions } = authority({
      service: allow,
      entity: allow,
    });
    permissions.authorizeConditional.mockRejectedValueOnce(new Error('down'));
    await expect(subject.visibilityFor(reader)).rejects.toThrow('down');
    await expect(subject.visibilityFor(reader)).resolves.toBeDefined();
  });
});
