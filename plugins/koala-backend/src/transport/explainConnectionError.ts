import { TransportError, TransportErrorCode } from './TransportError';

interface Explanation {
  code: TransportErrorCode;
  says: (host: string, detail: string) => string;
  nextStep?: string;
}

const CA_STEP =
  "Set caData or caFile of the cluster to the certificate authority that signed the API server's certificate.";

const EXPLANATIONS: Record<string, Explanation> = {
  ENOTFOUND: {
    code: 'dns',
    says: host => `The name ${host} does not resolve`,
    nextStep:
      "Check the host in the cluster's URL, and that this machine's DNS knows it.",
  },
  EAI_AGAIN: {
    code: 'dns',
    says: host => `The name server did not answer for ${host}`,
    nextStep: 'Check the DNS of the machine that runs the backend.',
  },
  ECONNREFUSED: {
    code: 'refused',
    says: host => `${host} refuses the connection`,
    nextStep:
      "Check that the API server runs and that the port of the cluster's URL is right.",
  },
  EHOSTUNREACH: {
    code: 'unroutable',
    says: host => `There is no route to ${host}`,
    nextStep: 'Check the network, VPN or firewall between backend and cluster.',
  },
  ENETUNREACH: {
    code: 'unroutable',
    says: host => `There is no route to ${host}`,
    nextStep: 'Check the network, VPN or firewall between backend and cluster.',
  },
  ETIMEDOUT: {
    code: 'timeout',
    says: host => `${host} does not answer`,
    nextStep: 'Check the network, VPN or firewall between backend and cluster.',
  },
  CERT_HAS_EXPIRED: {
    code: 'tls',
    says: host => `The TLS certificate of ${host} has expired`,
    nextStep: "Renew the API server's certificate.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'tls',
    says: host => `The TLS certificate of ${host} was issued for another name`,
    nextStep:
      "Use a name in the cluster's URL that its certificate carries, or set tls-server-name in the kubeconfig.",
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: 'tls',
    says: host => `The TLS certificate of ${host} is self-signed`,
    nextStep: CA_STEP,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    code: 'tls',
    says: host =>
      `The TLS certificate of ${host} is signed by an unknown authority`,
    nextStep: CA_STEP,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    code: 'tls',
    says: host =>
      `The TLS certificate of ${host} is signed by an unknown authority`,
    nextStep: CA_STEP,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    code: 'tls',
    says: host =>
      `The TLS certificate of ${host} is signed by an unknown authority`,
    nextStep: CA_STEP,
  },
};

/** A socket's error as a sentence that names the host and says what to do. */
export function explainConnectionError(
  host: string,
  error: unknown,
): TransportError {
  if (error instanceof TransportError) {
    return error;
  }
  const { code, message } = asNodeError(error);
  const known = code === undefined ? undefined : EXPLANATIONS[code];
  if (known) {
    return new TransportError({
      code: known.code,
      message: known.says(host, message),
      nextStep: known.nextStep,
      cause: error,
    });
  }
  if (code?.startsWith('ERR_SSL') || code === 'EPROTO') {
    return new TransportError({
      code: 'tls',
      message: `No TLS connection to ${host}: ${shortened(message)}`,
      nextStep:
        "Check that the cluster's URL starts with the scheme that its port speaks, and the client certificate if there is one.",
      cause: error,
    });
  }
  if (code?.startsWith('CERT_') || code?.startsWith('ERR_TLS')) {
    return new TransportError({
      code: 'tls',
      message: `The TLS certificate of ${host} is not accepted: ${shortened(
        message,
      )}`,
      nextStep: CA_STEP,
      cause: error,
    });
  }
  return new TransportError({
    code: 'lost',
    message: `The connection to ${host} broke: ${shortened(message)}`,
    cause: error,
  });
}

/** Errors of Node's own are told by their fields: they may come from another realm, where `instanceof` fails. */
function asNodeError(error: unknown): { code?: string; message: string } {
  const { code, message, errors } = (error ?? {}) as {
    code?: unknown;
    message?: unknown;
    errors?: unknown;
  };
  if (Array.isArray(errors) && errors.length > 0) {
    // One per address of the name; they fail alike.
    return asNodeError(errors[0]);
  }
  const known = typeof code === 'string' ? code : undefined;
  return {
    code: known,
    message: (typeof message === 'string' && message) || known || String(error),
  };
}

/** OpenSSL's texts carry source positions and run over several lines. */
function shortened(message: string): string {
  return message.split('\n')[0].slice(0, 200);
}
