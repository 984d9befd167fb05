import { sidecarPurposeOf } from './sidecarPurpose';

describe('sidecarPurposeOf', () => {
  it.each([
    ['quay.io/prometheus/node-exporter:v1.9.0', 'metrics'],
    ['quay.io/prometheuscommunity/postgres-exporter:v0.17.1', 'metrics'],
    ['oliver006/redis_exporter:v1.69.0', 'metrics'],
    ['registry.example.com:5000/mirror/statsd-exporter:0.28.0', 'metrics'],
    ['otel/opentelemetry-collector-contrib:0.122.1', 'metrics'],
    ['cr.fluentbit.io/fluent/fluent-bit:3.2.10', 'logs'],
    ['fluent/fluentd-kubernetes-daemonset', 'logs'],
    ['timberio/vector:0.46.1-alpine', 'logs'],
    ['docker.elastic.co/beats/filebeat:8.17.0', 'logs'],
    ['docker.io/istio/proxyv2:1.25.0', 'proxy'],
    ['envoyproxy/envoy:v1.33-latest', 'proxy'],
    ['gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.15.2', 'proxy'],
    ['registry.k8s.io/git-sync/git-sync:v4.4.0', 'secrets'],
    ['registry.example.com/shop/cart:1.4.2', undefined],
    ['registry.example.com/shop/exporter-ui:1.0.0', undefined],
    ['registry.example.com/shop/vectors:1.0.0', undefined],
    ['', undefined],
  ])('%s: %s', (image, purpose) => {
    expect(sidecarPurposeOf(image)).toBe(purpose);
  });
});
