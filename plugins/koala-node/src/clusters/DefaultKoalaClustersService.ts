import { KoalaClustersService } from './KoalaClustersService';
import { KubernetesAccess } from './KubernetesAccess';

/**
 * Keeps the last offer in memory: both sides live in one process.
 *
 * @public
 */
export class DefaultKoalaClustersService implements KoalaClustersService {
  readonly #listeners = new Set<(access: KubernetesAccess) => void>();
  #access: KubernetesAccess | undefined;

  static create(): DefaultKoalaClustersService {
    return new DefaultKoalaClustersService();
  }

  private constructor() {}

  offer(access: KubernetesAccess): void {
    this.#access = access;
    for (const listener of [...this.#listeners]) {
      listener(access);
    }
  }

  current(): KubernetesAccess | undefined {
    return this.#access;
  }

  onOffer(listener: (access: KubernetesAccess) => void): () => void {
    this.#listeners.add(listener);
    if (this.#access) {
      listener(this.#access);
    }
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
