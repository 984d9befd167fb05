import { iso, LogLine, LogProgram } from './LogProgram';

const plain =
  (severity: string, message: string): LogLine =>
  at =>
    `${iso(at).slice(0, 23).replace('T', ' ')} ${severity.padEnd(
      7,
    )} ${message}`;

/** A program that works through a queue or a batch. */
export const worker: LogProgram = {
  everyMs: 5_000,
  startUp: ({ service, version }) => [
    plain('INFO', `${service} ${version} starting`),
    plain('INFO', 'connected to broker amqp://broker:5672'),
    plain('INFO', `waiting for work in queue ${service}`),
  ],
  routine(scene, index) {
    const at = (what: string) => scene.random(`${what} ${index}`);
    const items = 1 + Math.floor(at('items') * 80);
    return at('retry') < 0.03
      ? plain('WARNING', `1 of ${items} items failed, will be tried again`)
      : plain(
          'INFO',
          `processed ${items} items in ${20 + Math.floor(at('ms') * 700)} ms`,
        );
  },
  unready: () => plain('WARNING', 'broker does not answer, trying again'),
  failure: ({ service }) => [
    plain('ERROR', 'unhandled exception'),
    () => 'Traceback (most recent call last):',
    () => `  File "/app/${service}/__main__.py", line 42, in <module>`,
    () => '    main()',
    () => `  File "/app/${service}/batch.py", line 118, in run`,
    () => '    record = decode(message.body)',
    () => "KeyError: 'customer_id'",
  ],
  stopped: () => [
    plain('INFO', 'received SIGTERM, finishing the current item'),
    plain('INFO', 'stopped'),
  ],
  completed: scene => [
    plain(
      'INFO',
      `all done: ${
        100 + Math.floor(scene.random('total') * 900)
      } items processed, 0 failed`,
    ),
  ],
};
