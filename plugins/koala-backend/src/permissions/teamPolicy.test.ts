import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  koalaPermissions,
  koalaServiceReadPermission,
} from '@koala-ops/backstage-plugin-koala-common';
import { TeamPolicy } from './__testUtils__/teamPolicy';
import { koalaServiceRules } from './rules';
import { VisibilityAuthority } from './VisibilityAuthority';

const DOCS = readFileSync(
  join(__dirname, '../../../../docs/permissions.md'),
  'utf8',
);

const userOf = (...owners: string[]): PolicyQueryUser => ({
  credentials: mockCredentials.user('user:default/ana'),
  info: { userEntityRef: 'user:default/ana', ownershipEntityRefs: owners },
});

/** What a member of these groups sees of the services of shop and pay. */
async function seenBy(...owners: string[]): Promise<string[]> {
  const user = userOf(...owners);
  const permissions = mockServices.permissions.mock();
  permissions.authorizeConditional.mockImplementation(
    async queries =>
      (await Promise.all(
        queries.map(({ permission }) =>
          new TeamPolicy().handle(
            { permission: permission as Permission },
            user,
          ),
        ),
      )) as never,
  );
  const { sees } = await VisibilityAuthority.create({
    auth: mockServices.auth(),
    permissions,
    catalog: { async *streamEntities() {} },
    now: () => 0,
  }).visibilityFor(mockCredentials.user('user:default/ana'));
  return ['shop', 'pay'].flatMap(team =>
    [undefined, 'production']
      .filter(tier =>
        sees({
          service: `component:default/${team}`,
          owner: `group:default/${team}`,
          environment: tier ? 'prod' : 'dev',
          tier,
          cluster: 'c',
          namespaces: [team],
        }),
      )
      .map(tier => `${team} ${tier ?? 'other'}`),
  );
}

describe('the example policy of docs/permissions.md', () => {
  it('is what stands there', () => {
    const code = readFileSync(
      join(__dirname, '__testUtils__/teamPolicy.ts'),
      'utf8',
    );
    expect(DOCS).toContain(`\`\`\`ts\n${code}\`\`\``);
  });

  it('shows production to its owners and to platform, all else to everybody', async () => {
    expect(await seenBy('user:default/ana', 'group:default/shop')).toEqual([
      'shop other',
      'shop production',
      'pay other',
    ]);
    expect(await seenBy()).toEqual(['shop other', 'pay other']);
    expect(await seenBy('group:default/platform')).toHaveLength(4);
  });

  it('leaves the permissions of others alone', async () => {
    const permission = createPermission({
      name: 'catalog.entity.create',
      attributes: { action: 'create' },
    });
    expect(await new TeamPolicy().handle({ permission }, userOf())).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });
});

describe('docs/permissions.md', () => {
  it('names every permission, and every condition with its rule', () => {
    expect(koalaPermissions).toEqual([koalaServiceReadPermission]);
    expect(DOCS).toContain(`\`${koalaServiceReadPermission.name}\``);
    for (const [condition, { name }] of Object.entries(koalaServiceRules)) {
      expect(DOCS).toMatch(new RegExp(`\`${condition}\`.*\`${name}\``));
    }
  });
});
