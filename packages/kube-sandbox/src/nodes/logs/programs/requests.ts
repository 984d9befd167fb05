import { LogScene, pick } from './LogProgram';

/** A request that a simulated service has answered. */
export interface SimulatedRequest {
  method: string;
  path: string;
  status: number;
  durationMs: number;
  bytes: number;
  client: string;
  id: string;
}

const METHODS = ['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'] as const;
const ACTIONS = ['', '', '/search', '/summary', '/export'] as const;
const FAILURES = [400, 401, 404, 404, 409, 429, 500, 503] as const;
const SUCCESS: Record<string, number> = { POST: 201, DELETE: 204 };

/** The n-th request of a run; one of fifty fails. */
export function simulatedRequest(
  scene: LogScene,
  index: number,
): SimulatedRequest {
  const at = (what: string) => scene.random(`${what} ${index}`);
  const method = pick(scene, `method ${index}`, METHODS);
  const item = at('item') < 0.6 ? `/${1000 + Math.floor(at('id') * 9000)}` : '';
  const status =
    at('fails') < 0.02
      ? pick(scene, `status ${index}`, FAILURES)
      : SUCCESS[method] ?? 200;
  return {
    method,
    path: `/api/${scene.service}${
      item || pick(scene, `action ${index}`, ACTIONS)
    }`,
    status,
    durationMs: 2 + Math.floor(at('duration') ** 3 * 240),
    bytes: status === 204 ? 0 : 120 + Math.floor(at('bytes') * 4000),
    client: `10.244.${Math.floor(at('host') * 3)}.${
      2 + Math.floor(at('client') * 250)
    }`,
    id: Math.floor(at('request') * 0xffffffff)
      .toString(16)
      .padStart(8, '0'),
  };
}
