import { generate } from 'selfsigned';
import {
  createAuthority,
  createServerCertificate,
  KeyPair,
  until,
} from './certificates';

/** What kubelets and their API server know each other by. */
export interface KubeletCredentials {
  /** The authority that both certificates are of, PEM. */
  caPem: string;
  /** Of the kubelets' endpoint. */
  server: KeyPair;
  /** Of the API server, which nobody else may have. */
  client: KeyPair;
}

/** Makes an authority, a certificate for kubelets on loopback, and one for the API server that calls them. */
export async function createKubeletCredentials(): Promise<KubeletCredentials> {
  const ca = await createAuthority('koala-kubelet-ca');
  const { cert, private: key } = await generate(
    [
      { name: 'commonName', value: 'kube-apiserver-kubelet-client' },
      { name: 'organizationName', value: 'system:masters' },
    ],
    {
      ...until(365),
      keyType: 'ec',
      algorithm: 'sha256',
      ca,
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true },
        { name: 'extKeyUsage', clientAuth: true },
      ],
    },
  );
  return {
    caPem: ca.cert,
    server: await createServerCertificate(ca, 'koala-kubelet'),
    client: { cert, key },
  };
}
