import { iso, LogLine, LogProgram, LogScene } from './LogProgram';
import { simulatedRequest } from './requests';

const level = (status: number, names: [string, string, string]) =>
  names[status >= 500 ? 2 : Number(status >= 400)];

const DEPENDENCY = 'postgres:5432';

const json =
  (severity: string, msg: string, more: object = {}): LogLine =>
  at =>
    JSON.stringify({ level: severity, time: iso(at), msg, ...more });

/** A Node.js service that writes JSON. */
export const nodeService: LogProgram = {
  everyMs: 4_000,
  startUp: ({ service, version }) => [
    json('info', 'starting', { service, version, node: 'v22.11.0' }),
    json('info', 'configuration loaded', { source: '/etc/config' }),
    json('info', 'connected to database', { host: DEPENDENCY, poolSize: 10 }),
    json('info', 'server listening', { port: 8080 }),
  ],
  routine(scene, index) {
    const { method, path, status, durationMs, id } = simulatedRequest(
      scene,
      index,
    );
    return json(level(status, ['info', 'warn', 'error']), 'request completed', {
      method,
      path,
      status,
      durationMs,
      requestId: id,
    });
  },
  unready: (_, index) =>
    json('warn', 'not ready: database does not answer', {
      host: DEPENDENCY,
      error: 'connect ECONNREFUSED',
      attempt: index + 1,
    }),
  failure: ({ service }) => [
    json('fatal', 'uncaught exception, exiting'),
    () => '/app/node_modules/pg/lib/client.js:132',
    () => '    throw error;',
    () => '    ^',
    () => '',
    () => `Error: ${service}: relation "schema_version" does not exist`,
    () =>
      '    at Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:287:98)',
    () =>
      '    at Parser.handlePacket (/app/node_modules/pg-protocol/dist/parser.js:126:29)',
    () => `    at async migrate (/app/dist/${service}/migrations.js:41:5)`,
    () => '    at async main (/app/dist/index.js:18:3)',
    () => '',
    () => 'Node.js v22.11.0',
  ],
  stopped: () => [
    json('info', 'received SIGTERM, closing connections'),
    json('info', 'bye'),
  ],
  completed: () => [json('info', 'done')],
};

const spring = (severity: string, logger: string, message: string): LogLine => {
  const name = logger.padEnd(40);
  return at =>
    `${iso(at)}  ${severity.padStart(5)} 1 --- [main] ${name} : ${message}`;
};

const javaName = ({ service }: LogScene) =>
  service.replace(/(?:^|[-_.])(\w)/g, (_, letter) => letter.toUpperCase());

/** A Java service that writes as Spring Boot does. */
export const javaService: LogProgram = {
  everyMs: 4_000,
  startUp: scene => [
    spring(
      'INFO',
      `com.example.${javaName(scene)}Application`,
      `Starting ${javaName(scene)}Application v${
        scene.version
      } using Java 21.0.5 with PID 1`,
    ),
    spring(
      'INFO',
      'o.s.b.w.embedded.tomcat.TomcatWebServer',
      'Tomcat initialized with port 8080 (http)',
    ),
    spring(
      'INFO',
      'com.zaxxer.hikari.HikariDataSource',
      'HikariPool-1 - Start completed.',
    ),
    spring(
      'INFO',
      'o.s.b.w.embedded.tomcat.TomcatWebServer',
      "Tomcat started on port 8080 (http) with context path '/'",
    ),
    spring(
      'INFO',
      `com.example.${javaName(scene)}Application`,
      `Started ${javaName(scene)}Application in 1.412 seconds`,
    ),
  ],
  routine(scene, index) {
    const { method, path, status, durationMs } = simulatedRequest(scene, index);
    return spring(
      level(status, ['INFO', 'WARN', 'ERROR']),
      'com.example.web.RequestLog',
      `${method} ${path} ${status} ${durationMs} ms`,
    );
  },
  unready: () =>
    spring(
      'WARN',
      'o.s.b.a.health.HealthEndpoint',
      `db is DOWN: Connection to ${DEPENDENCY} refused`,
    ),
  failure: scene => [
    spring('ERROR', 'o.s.boot.SpringApplication', 'Application run failed'),
    () => '',
    () =>
      "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'dataSource'",
    () =>
      '\tat org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory.createBean(AbstractAutowireCapableBeanFactory.java:523)',
    () =>
      `\tat com.example.${javaName(scene)}Application.main(${javaName(
        scene,
      )}Application.java:14)`,
    () =>
      `Caused by: java.lang.IllegalStateException: Connection to ${DEPENDENCY} refused`,
    () => '\t... 18 more',
  ],
  stopped: () => [
    spring(
      'INFO',
      'o.s.b.w.e.tomcat.GracefulShutdown',
      'Commencing graceful shutdown.',
    ),
    spring(
      'INFO',
      'o.s.b.w.e.tomcat.GracefulShutdown',
      'Graceful shutdown complete',
    ),
  ],
  completed: scene => [
    spring('INFO', `com.example.${javaName(scene)}Application`, 'Finished'),
  ],
};

const logfmt =
  (severity: string, message: string, more = ''): LogLine =>
  at =>
    `time=${iso(at)} level=${severity} msg=${JSON.stringify(message)}${
      more && ` ${more}`
    }`;

/** A Go service that writes key=value. */
export const goService: LogProgram = {
  everyMs: 4_000,
  startUp: ({ service, version }) => [
    logfmt('INFO', 'starting', `service=${service} version=${version}`),
    logfmt('INFO', 'connected', `dependency=${DEPENDENCY}`),
    logfmt('INFO', 'listening', 'addr=:8080'),
  ],
  routine(scene, index) {
    const { method, path, status, durationMs, client } = simulatedRequest(
      scene,
      index,
    );
    return logfmt(
      level(status, ['INFO', 'WARN', 'ERROR']),
      'request',
      `method=${method} path=${path} status=${status} duration=${durationMs}ms remote=${client}`,
    );
  },
  unready: (_, index) =>
    logfmt(
      'WARN',
      'not ready',
      `error="dial tcp: lookup ${DEPENDENCY}: connection refused" attempt=${
        index + 1
      }`,
    ),
  failure: ({ service }) => [
    () =>
      'panic: runtime error: invalid memory address or nil pointer dereference',
    () =>
      '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6a1f2c]',
    () => '',
    () => 'goroutine 1 [running]:',
    () => `main.(*${service.replace(/\W/g, '')}Server).loadConfig(0x0)`,
    () => `\t/src/cmd/${service}/server.go:87 +0x2c`,
    () => 'main.main()',
    () => `\t/src/cmd/${service}/main.go:31 +0x1d4`,
  ],
  stopped: () => [
    logfmt('INFO', 'shutting down', 'signal=terminated'),
    logfmt('INFO', 'stopped'),
  ],
  completed: () => [logfmt('INFO', 'finished')],
};
