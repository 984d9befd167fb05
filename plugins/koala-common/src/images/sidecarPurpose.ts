import { parseImage } from './parseImage';

/**
 * What a container of a well-known image is for, beside the one that does the work.
 *
 * @public
 */
export type SidecarPurpose = 'metrics' | 'logs' | 'proxy' | 'secrets';

/** Images by the last part of their name; people mirror them under names of their own registries. */
const PURPOSES: readonly { purpose: SidecarPurpose; name: RegExp }[] = [
  {
    purpose: 'metrics',
    name: /(^|[-_])exporter$|^(node-exporter|cadvisor|telegraf|prometheus-agent|opentelemetry-collector(-contrib)?|otel-collector|otelcol|grafana-agent|alloy)$/,
  },
  {
    purpose: 'logs',
    name: /^(fluent-?bit|fluentd(-.+)?|filebeat|promtail|vector|logstash|logrotate|log-shipper|rsyslog|syslog-ng)$/,
  },
  {
    purpose: 'proxy',
    name: /^(envoy|envoy-distroless|istio-proxy|proxyv2|linkerd-proxy|linkerd2-proxy|proxy-init|consul-dataplane|cloud-sql-proxy|cloudsql-proxy|oauth2-proxy|kube-rbac-proxy|pgbouncer|daprd|ztunnel)$/,
  },
  {
    purpose: 'secrets',
    name: /^(vault-agent|vault-k8s|git-sync|k8s-sidecar|config-reloader|configmap-reload|prometheus-config-reloader|reloader)$/,
  },
];

/**
 * What a well-known sidecar image is for; undefined for every other image.
 *
 * @public
 */
export function sidecarPurposeOf(image: string): SidecarPurpose | undefined {
  const { name } = parseImage(image);
  return PURPOSES.find(known => known.name.test(name))?.purpose;
}
