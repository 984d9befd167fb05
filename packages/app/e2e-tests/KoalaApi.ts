import {
  EnvironmentDetail,
  Matrix,
  ServiceDetail,
  TargetDetail,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';

/** Where a service is looked at: an environment, and a target of it where it has several. */
export interface Place {
  environment: string;
  target?: string;
}

/** `prod eu` as the portal says it. */
export function placeOf(text: string): Place {
  const [environment, target] = text.split(' ');
  return { environment, target };
}

/** The portal's API, as a client with a static token reads it. */
export class KoalaApi {
  constructor(
    /** Address of the portal, once it runs. */
    private readonly url: () => string,
    private readonly token: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.url()}/api/koala/${path}`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return (await answer.json()) as T;
  }

  matrix(): Promise<Matrix> {
    return this.get('matrix');
  }

  environment(name: string): Promise<EnvironmentDetail> {
    return this.get(`environments/${name}`);
  }

  /** Status and worst reason of a service; of the whole cell where the place names no target. */
  async state(
    service: string,
    place: Place,
  ): Promise<{ status: string; reason: string }> {
    const { cells } = await this.matrix();
    const cell = cells.find(
      candidate =>
        candidate.service.endsWith(`/${service}`) &&
        candidate.environment === place.environment,
    );
    if (!cell) {
      throw new Error(`There is no ${service} in ${place.environment}.`);
    }
    if (!place.target && cell.targets.length > 1) {
      return { status: cell.status, reason: '' };
    }
    const { status, reason } = targetOf(cell.targets, place);
    return { status, reason: reason?.code ?? '' };
  }

  /** All that is known of a service in one target. */
  async target(service: string, place: Place): Promise<TargetDetail> {
    const { cells } = await this.get<ServiceDetail>(
      `services/default/${service}`,
    );
    const cell = cells.find(
      ({ environment }) => environment === place.environment,
    );
    if (!cell) {
      throw new Error(`There is no ${service} in ${place.environment}.`);
    }
    return targetOf(cell.targets, place);
  }
}

function targetOf<T extends TargetState>(targets: T[], { target }: Place): T {
  const found = target
    ? targets.find(candidate => candidate.target === target)
    : targets[0];
  if (!found) {
    throw new Error(`There is no target ${target}.`);
  }
  return found;
}
