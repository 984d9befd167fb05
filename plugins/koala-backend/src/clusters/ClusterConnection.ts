import { Credential } from '../transport/Credential';

/** A cluster as a source names it: where it is and how to be let in. */
export interface ClusterConnection {
  /** The name by which the portal knows it. */
  name: string;
  title?: string;
  /** `https://…`, or `http://…` of a `kubectl proxy`. */
  url: string;
  /** PEM of the certificate authorities; the system's where absent. */
  ca?: string;
  skipTlsVerify: boolean;
  /** Name in the server's certificate, where it is not the URL's host. */
  tlsServerName?: string;
  /** Reads the credential afresh; the caller keeps it until shortly before its end. */
  credential(): Promise<Credential>;
  /** Why nobody can watch it: a sentence for people. */
  unwatchable?: string;
  /** Namespaces to read one by one where the account may not read all of them at once. */
  namespaces?: readonly string[];
  /** Changes when the cluster must be connected to anew: its URL, trust or identity is another. No secret. */
  fingerprint: string;
}
