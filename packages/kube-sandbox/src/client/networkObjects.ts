import { KubeObject } from './objects';

/** @public */
export interface Ingress extends KubeObject {
  spec?: {
    ingressClassName?: string;
    tls?: { hosts?: string[]; secretName?: string }[];
  };
  status?: {
    loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] };
  };
}

/** @public */
export interface IngressClass extends KubeObject {
  spec?: { controller?: string };
}
