const DIGEST = /(?:^|@)([a-z0-9]+:[0-9a-f]{32,})$/i;
const SHOWN = 7;

/**
 * The digest inside an image id of a pod's status (`docker.io/library/redis@sha256:…`,
 * `docker-pullable://…@sha256:…`, `sha256:…`) or inside an image reference.
 *
 * @public
 */
export function digestOf(text: string | undefined): string | undefined {
  return text ? DIGEST.exec(text)?.[1] : undefined;
}

/**
 * A digest the way people say it: `sha256:9e1f0c2…`. A text that holds no digest comes back as it is.
 *
 * @public
 */
export function shortDigest(text: string): string {
  const digest = digestOf(text);
  if (!digest) {
    return text;
  }
  const colon = digest.indexOf(':');
  return `${digest.slice(0, colon + 1 + SHOWN)}…`;
}
