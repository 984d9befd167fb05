import { Results } from '../measure/Results';
import { bytesRows } from './bytesRows';
import { frozenRows } from './frozenRows';
import { infoRows } from './infoRows';
import { renderTable } from './renderTable';
import { cellsOf, HEAD, Row } from './Row';
import { steadyRows } from './steadyRows';

/** All rows, by number. */
export function rowsOf(results: Results): Row[] {
  const [requests, ...latency] = steadyRows(results.steady);
  return [
    requests,
    ...bytesRows(results.bytes),
    ...latency,
    ...frozenRows(results),
    ...infoRows(results),
  ];
}

/** The table that ends the run. */
export function renderReport(results: Results): string {
  return renderTable({ head: HEAD, rows: rowsOf(results).map(cellsOf) });
}
