/** Where an API server listens, and how to know that it is the one. */
export interface Endpoint {
  /** `https://host:port`, or `http://` for a `kubectl proxy`; a path in it is kept in front of API paths. */
  url: string;
  /** PEM of the certificate authorities; the system's where absent. */
  ca?: string;
  skipTlsVerify: boolean;
  /** Name in the server's certificate, where it is not the URL's host. */
  tlsServerName?: string;
}

/** The client's side of mutual TLS, PEM. */
export interface ClientCertificate {
  cert: string;
  key: string;
}
