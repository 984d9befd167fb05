import { Fields } from '../objects/KubeObject';
import { selectorText } from '../selectors/labelSelector';
import { age } from './duration';
import { Printer } from './Printer';

const addresses = (status: Fields | undefined): string =>
  (status?.loadBalancer?.ingress ?? [])
    .map((entry: Fields) => entry.ip ?? entry.hostname)
    .join(',');

function externalIp(spec: Fields, status: Fields | undefined): string {
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '<none>';
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

export const ingressPrinter: Printer = (ingress, now) => {
  const { spec, metadata, status } = ingress;
  const hosts = (spec?.rules ?? [])
    .map((rule: Fields) => rule.host)
    .filter(Boolean);
  return [
    metadata.name,
    spec?.ingressClassName ??
      metadata.annotations?.['kubernetes.io/ingress.class'] ??
      '<none>',
    hosts.length > 3
      ? `${hosts.slice(0, 3).join(',')} + ${hosts.length - 3} more...`
      : hosts.join(',') || '*',
    addresses(status),
    spec?.tls?.length ? '80, 443' : '80',
    age(metadata.creationTimestamp, now),
  ];
};
