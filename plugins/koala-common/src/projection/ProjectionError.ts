import { WatchedKind } from '../objects/KoalaObject';

/**
 * An object lacks a field without which it cannot be told from others, so nothing of it can be kept.
 *
 * @public
 */
export class ProjectionError extends Error {
  /** Path of the missing field: `metadata.uid`. */
  readonly field: string;

  constructor(options: { kind: WatchedKind; field: string; object?: string }) {
    const object = options.object ? ` ${options.object}` : '';
    super(
      `${options.kind}${object} has no ${options.field}; the API server, or a proxy before it, sent an incomplete object`,
    );
    this.name = 'ProjectionError';
    this.field = options.field;
  }
}
