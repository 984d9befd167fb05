import type { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { until } from '@koala-ops/kube-testing';
import { Portal } from '../portal/Portal';

/** Until every cell has been seen; generous, since it decides nothing. */
const SYNC_BOUND_MS = 180_000;

/** Resolves once Koala shows every service healthy in every environment. */
export async function waitForKoala(options: {
  portal: Portal;
  services: number;
  clusters: number;
}): Promise<void> {
  const { portal, services, clusters } = options;
  const wanted = services * clusters;
  await until({
    what: `all of ${wanted} cells of Koala being healthy`,
    boundMs: SYNC_BOUND_MS,
    attempt: async () => {
      const { cells } = await portal.get<Matrix>('/api/koala/matrix');
      const healthy = cells.filter(({ status }) => status === 'healthy').length;
      if (cells.length !== wanted || healthy !== wanted) {
        const other = cells.find(({ status }) => status !== 'healthy');
        throw new Error(
          `${healthy} healthy of ${
            cells.length
          } cells; one of the others: ${JSON.stringify(other)}`,
        );
      }
      return true;
    },
  });
}
