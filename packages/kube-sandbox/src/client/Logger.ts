/**
 * Where controllers and nodes say what they cannot do. The console and Backstage's loggers both fit.
 *
 * @public
 */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** Says nothing. @public */
export const silentLogger: Logger = { info: () => {}, warn: () => {} };
