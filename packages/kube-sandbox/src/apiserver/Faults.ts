/** A request as a fault sees it. */
export interface FaultRequest {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  /** Kubernetes verb of a resource request, such as `list` or `watch`. */
  verb?: string;
  /** Plural of the resource asked for. */
  resource?: string;
}

/** What is answered in place of the truth. */
export interface FaultResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/**
 * Ways in which an API server can be wrong on purpose, for tests. A field may be changed while the server runs;
 * it is read at every request and event.
 */
export interface Faults {
  /** Mutant: no watch ever hears of a deletion. */
  swallowDelete?: boolean;
  /** Mutant: label and field selectors select everything. */
  ignoreSelector?: boolean;
  /** Mutant: never answers 410; serves what history is left. */
  neverGone?: boolean;
  /** Mutant: an apply leaves what its manager no longer applies. */
  applyForgetsNothing?: boolean;
  /** Mutant: an apply takes what others own without being forced to. */
  applyTakesAll?: boolean;
  /** Mutant: a dry run writes. */
  dryRunWrites?: boolean;
  /** Answers a request in place of the server where it returns a response (429, 503, HTML with 200, ...). */
  respond?: (request: FaultRequest) => FaultResponse | undefined;
}
