import { request } from 'undici';
import type { Entity } from '@backstage/catalog-model';

/** A backend that runs, with the tokens that open it. */
export class Portal {
  readonly baseUrl: string;
  readonly #serviceToken: string;

  constructor(options: { baseUrl: string; serviceToken: string }) {
    this.baseUrl = options.baseUrl;
    this.#serviceToken = options.serviceToken;
  }

  get serviceToken(): string {
    return this.#serviceToken;
  }

  /** A token of the user who looks, good for an hour. */
  async signIn(): Promise<string> {
    const answer = await this.#json<{
      backstageIdentity?: { token?: string };
    }>('POST', '/api/auth/guest/refresh');
    const token = answer.backstageIdentity?.token;
    if (!token) {
      throw new Error(`${this.baseUrl} signs nobody in as guest.`);
    }
    return token;
  }

  async isReady(): Promise<boolean> {
    const response = await request(
      `${this.baseUrl}/.backstage/health/v1/readiness`,
    );
    await response.body.dump();
    return response.statusCode === 200;
  }

  /** Components that the catalog has processed, relations included. */
  async countComponents(dependsOn: string): Promise<number> {
    const filter = `kind=component,relations.dependsOn=${dependsOn}`;
    const { totalItems } = await this.get<{ totalItems: number }>(
      `/api/catalog/entities/by-query?limit=0&filter=${encodeURIComponent(
        filter,
      )}`,
    );
    return totalItems;
  }

  entity(name: string): Promise<Entity> {
    return this.get<Entity>(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
  }

  /** Gets JSON as the service principal. */
  get<T>(path: string): Promise<T> {
    return this.#json('GET', path, this.#serviceToken);
  }

  async #json<T>(
    method: 'GET' | 'POST',
    path: string,
    token?: string,
  ): Promise<T> {
    const response = await request(`${this.baseUrl}${path}`, {
      method,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) {
      throw new Error(
        `${method} ${path} answered ${response.statusCode}: ${text.slice(
          0,
          300,
        )}`,
      );
    }
    return JSON.parse(text) as T;
  }
}
