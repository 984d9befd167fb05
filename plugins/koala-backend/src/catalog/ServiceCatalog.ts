import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ServiceIdentity } from '@koala-ops/backstage-plugin-koala-common';
import { SERVICE_FIELDS, toServiceIdentity } from './toServiceIdentity';

/** What came, changed or went between two looks at the catalog. */
export interface ServiceCatalogChange {
  changed: ServiceIdentity[];
  removed: string[];
}

export interface ServiceCatalogOptions {
  catalog: Pick<CatalogService, 'streamEntities'>;
  auth: AuthService;
  logger: LoggerService;
  serviceTypes: ReadonlySet<string>;
  /** Milliseconds between two looks. */
  intervalMs: number;
}

/**
 * The catalog's Components that are services, kept up to date by looking again and again: the catalog
 * announces no changes.
 */
export class ServiceCatalog {
  static create(options: ServiceCatalogOptions): ServiceCatalog {
    return new ServiceCatalog(options);
  }

  #services = new Map<string, ServiceIdentity>();
  #serialised = new Map<string, string>();
  #listeners = new Set<(change: ServiceCatalogChange) => void>();
  #timer?: NodeJS.Timeout;
  #stopped = false;
  #failing = false;
  #ready = false;
  #settled = false;
  readonly #firstRead: Promise<void>;
  #resolveFirstRead!: () => void;

  private constructor(private readonly options: ServiceCatalogOptions) {
    this.#firstRead = new Promise(resolve => {
      this.#resolveFirstRead = resolve;
    });
  }

  /** True once the catalog has been read whole. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Resolves when the catalog has been read whole for the first time. */
  whenReady(): Promise<void> {
    return this.#firstRead;
  }

  services(): ReadonlyMap<string, ServiceIdentity> {
    return this.#services;
  }

  subscribe(listener: (change: ServiceCatalogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { logger, intervalMs } = this.options;
    try {
      this.#accept(await this.#read());
      if (this.#failing) logger.info('The catalog answers again');
      this.#failing = false;
    } catch (error) {
      // Said once per outage: the catalog of a starting portal is briefly not there.
      if (!this.#failing) {
        logger.warn(`The catalog cannot be read, trying again: ${error}`);
      }
      this.#failing = true;
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => this.#look(),
      this.#settled ? intervalMs : Math.min(intervalMs, 1_000),
    );
    this.#timer.unref?.();
  }

  async #read(): Promise<Map<string, ServiceIdentity>> {
    const { catalog, auth, serviceTypes } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const services = new Map<string, ServiceIdentity>();
    const pages = catalog.streamEntities(
      { filter: { kind: 'component' }, fields: SERVICE_FIELDS, pageSize: 1000 },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        const service = toServiceIdentity(entity, serviceTypes);
        if (service) services.set(service.ref, service);
      }
    }
    return services;
  }

  #accept(services: Map<string, ServiceIdentity>): void {
    const change: ServiceCatalogChange = { changed: [], removed: [] };
    const serialised = new Map<string, string>();
    for (const [ref, service] of services) {
      const now = JSON.stringify(service);
      serialised.set(ref, now);
      if (this.#serialised.get(ref) !== now) change.changed.push(service);
    }
    for (const ref of this.#services.keys()) {
      if (!services.has(ref)) change.removed.push(ref);
    }
    this.#services = services;
    this.#serialised = serialised;
    // While entities still arrive, as they do after a start, the next look comes sooner.
    this.#settled = change.changed.length + change.removed.length === 0;
    if (!this.#settled) this.#listeners.forEach(listener => listener(change));
    if (!this.#ready) {
      this.#ready = true;
      this.#resolveFirstRead();
    }
  }
}
