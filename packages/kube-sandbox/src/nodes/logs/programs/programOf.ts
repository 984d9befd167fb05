import { fraction } from '../../imageReference';
import {
  database,
  logShipper,
  metricsExporter,
  webServer,
} from './infrastructure';
import { LogProgram } from './LogProgram';
import { goService, javaService, nodeService } from './services';
import { worker } from './worker';

const KINDS: [RegExp, LogProgram][] = [
  [/exporter|metrics|statsd/, metricsExporter],
  [/fluent|vector|promtail|filebeat|logstash|shipper|log-agent/, logShipper],
  [/nginx|httpd|apache|caddy|traefik|envoy|haproxy|proxy|gateway/, webServer],
  [/postgres|mysql|mariadb|mongo|redis|database|(^|[-_])db$/, database],
  [
    /worker|consumer|queue|batch|migrat|backup|import|export|report|cron|job|etl|sync|clean/,
    worker,
  ],
];

const SERVICES = [nodeService, javaService, goService];

/** The program that an image holds, by the name of its repository; a task that names none is a worker. */
export function programOf(repository: string, isTask: boolean): LogProgram {
  const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
  const known = KINDS.find(([pattern]) => pattern.test(name));
  if (known) {
    return known[1];
  }
  return isTask
    ? worker
    : SERVICES[Math.floor(fraction(name) * SERVICES.length)];
}
