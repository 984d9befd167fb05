import { iso, LogLine, LogProgram } from './LogProgram';
import { simulatedRequest } from './requests';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `31/Jan/2026:08:00:00 +0000` */
const commonLogTime: LogLine = at => {
  const [year, month, day] = iso(at).slice(0, 10).split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${iso(at).slice(
    11,
    19,
  )} +0000`;
};

const notice =
  (severity: string, message: string): LogLine =>
  at =>
    `${iso(at)
      .slice(0, 19)
      .replace(/-/g, '/')
      .replace('T', ' ')} [${severity}] 1#1: ${message}`;

/** A web server or proxy with its access log. */
export const webServer: LogProgram = {
  everyMs: 3_000,
  startUp: () => [
    () => '/docker-entrypoint.sh: Configuration complete; ready for start up',
    notice('notice', 'using the "epoll" event method'),
    notice('notice', 'start worker processes'),
    notice('notice', 'start worker process 29'),
  ],
  routine(scene, index) {
    const { client, method, path, status, bytes } = simulatedRequest(
      scene,
      index,
    );
    return at =>
      `${client} - - [${commonLogTime(
        at,
      )}] "${method} ${path} HTTP/1.1" ${status} ${bytes} "-" "Mozilla/5.0"`;
  },
  unready: () =>
    notice(
      'error',
      'connect() failed (111: Connection refused) while connecting to upstream',
    ),
  failure: () => [
    notice(
      'emerg',
      'host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:3',
    ),
  ],
  stopped: () => [
    notice('notice', 'signal 15 (SIGTERM) received, exiting'),
    notice('notice', 'exit'),
  ],
  completed: () => [notice('notice', 'exit')],
};

const prometheus =
  (severity: string, message: string, more = ''): LogLine =>
  at =>
    `ts=${iso(at)} caller=main.go:${
      100 + message.length
    } level=${severity} msg=${JSON.stringify(message)}${more && ` ${more}`}`;

/** A metrics exporter: quiet but for its scrapes. */
export const metricsExporter: LogProgram = {
  everyMs: 15_000,
  startUp: ({ service, version }) => [
    prometheus('info', `Starting ${service}`, `version=${version}`),
    prometheus(
      'info',
      'Enabled collectors',
      'collectors=connections,memory,queries',
    ),
    prometheus('info', 'Listening on', 'address=[::]:9187'),
  ],
  routine(scene, index) {
    const seconds = 0.004 + scene.random(`scrape ${index}`) * 0.03;
    return prometheus(
      'debug',
      'scrape finished',
      `series=${
        180 + Math.floor(scene.random(`series ${index}`) * 40)
      } duration_seconds=${seconds.toFixed(6)}`,
    );
  },
  unready: () =>
    prometheus(
      'error',
      'scrape failed',
      'err="dial tcp 127.0.0.1:5432: connect: connection refused"',
    ),
  failure: () => [
    prometheus(
      'error',
      'cannot read the configuration',
      'err="yaml: line 4: did not find expected key"',
    ),
  ],
  stopped: () => [prometheus('info', 'Received SIGTERM, exiting gracefully')],
  completed: () => [prometheus('info', 'exiting')],
};

const fluent =
  (severity: string, message: string): LogLine =>
  at =>
    `[${iso(at)
      .slice(0, 19)
      .replace(/-/g, '/')
      .replace('T', ' ')}] [${severity.padStart(5)}] ${message}`;

/** A log shipper beside an application. */
export const logShipper: LogProgram = {
  everyMs: 10_000,
  startUp: ({ version }) => [
    fluent('info', `[fluent bit] version=${version}, commit=0a3c1f, pid=1`),
    fluent(
      'info',
      '[input:tail:tail.0] inotify_fs_add(): name=/var/log/app/app.log',
    ),
    fluent('info', '[output:http:http.0] worker #0 started'),
    fluent('info', '[sp] stream processor started'),
  ],
  routine(scene, index) {
    const records = 5 + Math.floor(scene.random(`records ${index}`) * 120);
    return fluent(
      'info',
      `[output:http:http.0] logs.example.com:443, HTTP status=200, ${records} records`,
    );
  },
  unready: () =>
    fluent(
      'warn',
      '[engine] failed to flush chunk, retry in 8 seconds: task_id=0',
    ),
  failure: () => [
    fluent('error', '[config] could not open configuration file, aborting.'),
  ],
  stopped: () => [
    fluent('warn', '[engine] service will shutdown in max 5 seconds'),
    fluent('info', '[engine] service has stopped (0 pending tasks)'),
  ],
  completed: () => [fluent('info', '[engine] service has stopped')],
};

const postgres =
  (severity: string, message: string): LogLine =>
  at =>
    `${iso(at)
      .replace('T', ' ')
      .replace('Z', '')} UTC [1] ${severity}:  ${message}`;

/** A database. */
export const database: LogProgram = {
  everyMs: 30_000,
  startUp: ({ version }) => [
    postgres('LOG', `starting server ${version} on x86_64-linux`),
    postgres('LOG', 'listening on IPv4 address "0.0.0.0", port 5432'),
    postgres('LOG', 'database system was shut down in order'),
    postgres('LOG', 'database system is ready to accept connections'),
  ],
  routine(scene, index) {
    const buffers = 3 + Math.floor(scene.random(`buffers ${index}`) * 400);
    return postgres(
      'LOG',
      `checkpoint complete: wrote ${buffers} buffers (${(
        buffers / 163.84
      ).toFixed(1)}%); sync=0.004 s, total=${(buffers / 10).toFixed(3)} s`,
    );
  },
  unready: () => postgres('FATAL', 'the database system is starting up'),
  failure: () => [
    postgres('FATAL', 'data directory "/var/lib/data" has wrong ownership'),
    postgres(
      'HINT',
      'The server must be started by the user that owns the data directory.',
    ),
  ],
  stopped: () => [
    postgres('LOG', 'received fast shutdown request'),
    postgres('LOG', 'database system is shut down'),
  ],
  completed: () => [postgres('LOG', 'database system is shut down')],
};
