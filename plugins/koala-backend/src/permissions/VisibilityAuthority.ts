import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  PermissionCriteria,
  QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { koalaServiceReadPermission } from '@koala-ops/backstage-plugin-koala-common';
import { createHash } from 'node:crypto';
import { compileCriteria } from './compileCriteria';
import { compilePossible } from './compilePossible';
import { KoalaServiceFilter } from './koalaServiceResource';
import { koalaServiceRules } from './rules';
import { Visibility } from './Visibility';

/** How long a decision holds, in milliseconds: a permission that is withdrawn is gone after this. */
const DECISION_MS = 3_000;
/** From this age on a decision is made anew beside the request that uses it, so that none has to wait. */
const RENEW_MS = 1_500;

const toFilter: (
  conditions: Parameters<ReturnType<typeof createConditionTransformer>>[0],
) => PermissionCriteria<KoalaServiceFilter> = createConditionTransformer(
  Object.values(koalaServiceRules),
);

interface Decision {
  /** When it was asked for; ms since the epoch. */
  madeAt: number;
  visibility: Promise<Visibility>;
  /** A newer one is on its way. */
  renewing?: boolean;
}

export interface VisibilityAuthorityOptions {
  auth: AuthService;
  permissions: PermissionsService;
  catalog: Pick<CatalogService, 'streamEntities'>;
  now: () => number;
}

/**
 * Decides what a reader may see: `koala.service.read` on each service in each target, and of those only
 * services whose catalog entity the reader may read. Every way out of Koala asks here.
 */
export class VisibilityAuthority {
  static create(options: VisibilityAuthorityOptions): VisibilityAuthority {
    return new VisibilityAuthority(options);
  }

  readonly #decisions = new Map<string, Decision>();

  private constructor(private readonly options: VisibilityAuthorityOptions) {}

  /** Rejects with a NotAllowedError where the reader may see nothing at all. */
  async visibilityFor(credentials: BackstageCredentials): Promise<Visibility> {
    const now = this.options.now();
    const reader = readerOf(this.options.auth, credentials);
    const known = this.#decisions.get(reader);
    if (known && known.madeAt + DECISION_MS > now) {
      if (known.madeAt + RENEW_MS <= now) this.#renew(reader, credentials);
      return known.visibility;
    }
    for (const [key, { madeAt }] of this.#decisions) {
      if (madeAt + DECISION_MS <= now) this.#decisions.delete(key);
    }
    const visibility = this.#decide(credentials);
    this.#decisions.set(reader, { madeAt: now, visibility });
    // A decision that failed is asked for again at once.
    visibility.catch(() => {
      if (this.#decisions.get(reader)?.visibility === visibility) {
        this.#decisions.delete(reader);
      }
    });
    return visibility;
  }

  /** Replaces a decision once the new one is there; a refusal takes the old one away. */
  async #renew(
    reader: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const old = this.#decisions.get(reader)!;
    if (old.renewing) return;
    old.renewing = true;
    const madeAt = this.options.now();
    try {
      const visibility = await this.#decide(credentials);
      this.#decisions.set(reader, {
        madeAt,
        visibility: Promise.resolve(visibility),
      });
    } catch (error) {
      // Anything but a refusal leaves the old decision to its end, which is near.
      if (error instanceof NotAllowedError) this.#decisions.delete(reader);
    }
  }

  async #decide(credentials: BackstageCredentials): Promise<Visibility> {
    const [service, entity] =
      await this.options.permissions.authorizeConditional(
        [
          { permission: koalaServiceReadPermission },
          { permission: catalogEntityReadPermission },
        ],
        { credentials },
      );
    if (
      service.result === AuthorizeResult.DENY ||
      entity.result === AuthorizeResult.DENY
    ) {
      throw new NotAllowedError(
        `You may not read deployments: ${
          service.result === AuthorizeResult.DENY
            ? koalaServiceReadPermission.name
            : catalogEntityReadPermission.name
        } is denied.`,
      );
    }
    const readable =
      entity.result === AuthorizeResult.CONDITIONAL
        ? await this.#readableComponents(credentials)
        : undefined;
    const { sees, ...places } = predicatesOf(service);
    return {
      key: keyOf(service, readable),
      sees: resource =>
        (!readable || readable.has(resource.service)) && sees(resource),
      ...places,
    };
  }

  /** The catalog applies the reader's own conditions to its own query, so nothing is judged twice. */
  async #readableComponents(
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const refs = new Set<string>();
    const pages = this.options.catalog.streamEntities(
      {
        filter: { kind: 'component' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        pageSize: 1000,
      },
      { credentials },
    );
    for await (const page of pages) {
      page.forEach(entity => refs.add(stringifyEntityRef(entity)));
    }
    return refs;
  }
}

function predicatesOf(
  decision: QueryPermissionResponse,
): Pick<Visibility, 'sees' | 'mayHold' | 'seesAll'> {
  if (decision.result !== AuthorizeResult.CONDITIONAL) {
    const always = () => true;
    return { sees: always, mayHold: always, seesAll: always };
  }
  const criteria = toFilter(decision.conditions);
  const sees = compileCriteria(criteria);
  const possible = compilePossible(criteria);
  return {
    sees,
    mayHold: place => possible(place) !== false,
    // What has no owner passes a condition on owners only where that is a negation.
    seesAll: sees,
  };
}

function keyOf(
  decision: QueryPermissionResponse,
  readable: ReadonlySet<string> | undefined,
): string {
  if (decision.result === AuthorizeResult.ALLOW && !readable) return 'all';
  return createHash('sha256')
    .update(
      JSON.stringify([
        decision.result === AuthorizeResult.CONDITIONAL
          ? decision.conditions
          : null,
        readable ? [...readable].sort() : null,
      ]),
    )
    .digest('base64url');
}

function readerOf(
  auth: AuthService,
  credentials: BackstageCredentials,
): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return `user:${credentials.principal.userEntityRef}`;
  }
  if (auth.isPrincipal(credentials, 'service')) {
    return `service:${credentials.principal.subject}:${JSON.stringify(
      credentials.principal.accessRestrictions ?? null,
    )}`;
  }
  return 'none';
}
