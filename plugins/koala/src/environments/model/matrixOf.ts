import { Matrix } from '@koala-ops/backstage-plugin-koala-common';

/** What of the matrix belongs to one environment; without its environments, which leaves nothing to choose. */
export function matrixOf(matrix: Matrix, environment: string): Matrix {
  const cells = matrix.cells.filter(cell => cell.environment === environment);
  const seen = new Set(cells.map(({ service }) => service));
  return {
    ...matrix,
    environments: [],
    cells,
    services: matrix.services.filter(({ ref }) => seen.has(ref)),
  };
}
