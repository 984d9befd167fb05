import { Fields } from '../objects/KubeObject';
import { selectorText } from '../selectors/labelSelector';
import { age } from './duration';
import { Printer } from './Printer';

const addresses = (status: Fields | undefined): string =>
  (status?.loadBalancer?.ingress ?? [])
    .map((entry: Fields) => entry.ip ?? entry.hostname)
    .filter(Boolean)
    .sort()
    .join(',');

function externalIp(spec: Fields, status: Fields | undefined): string {
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '';
    case 'LoadBalancer': {
      const all = [addresses(status), ...(spec.externalIPs ?? [])].filter(
        Boolean,
      );
      return all.join(',') || '<pending>';
    }
    default:
      return (spec.externalIPs ?? []).join(',') || '<none>';
  }
}

export const servicePrinter: Printer = (service, now) => {
  const spec = service.spec ?? {};
  const ports = (spec.ports ?? []).map((port: Fields) =>
    port.nodePort
      ? `${port.port}:${port.nodePort}/${port.protocol}`
      : `${port.port}/${port.protocol}`,
  );
  return [
    service.metadata.name,
    spec.type ?? '',
    spec.clusterIP || '<none>',
    externalIp(spec, service.status),
    ports.join(',') || '<none>',
    age(service.metadata.creationTimestamp, now),
    selectorText({ matchLabels: spec.selector }) || '<none>',
  ];
};

const MAX_HOSTS = 3;

function hostsOf(rules: Fields[]): string {
  const hosts = rules.map(rule => rule.host).filter(Boolean);
  const shown = hosts.slice(0, MAX_HOSTS).join(',') || '*';
  return hosts.length > MAX_HOSTS
    ? `${shown} + ${rules.length - MAX_HOSTS} more...`
    : shown;
}

export const ingressPrinter: Printer = (ingress, now) => {
  const { spec, metadata, status } = ingress;
  return [
    metadata.name,
    spec?.ingressClassName ?? '<none>',
    hostsOf(spec?.rules ?? []),
    addresses(status),
    spec?.tls?.length ? '80, 443' : '80',
    age(metadata.creationTimestamp, now),
  ];
};
