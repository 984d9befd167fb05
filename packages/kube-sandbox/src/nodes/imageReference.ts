import { createHash } from 'crypto';

/** The hexadecimal SHA-256 of a text: stable stand-ins for digests and ids. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A number from 0 up to 1 that is always the same for the same text. */
export function fraction(text: string): number {
  return parseInt(sha256(text).slice(0, 8), 16) / 2 ** 32;
}

/** The full name by which containerd knows an image: `nginx` is `docker.io/library/nginx:latest`. */
export function imageReference(image: string): string {
  const [first, ...rest] = image.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry
    ? image
    : `docker.io/${rest.length > 0 ? '' : 'library/'}${image}`;
  const hasVersion = /[:@]/.test(path.slice(path.lastIndexOf('/')));
  return hasVersion ? path : `${path}:latest`;
}

/** `imageID` of a container that runs: its repository with a digest made from the image's name. */
export function imageId(image: string): string {
  const reference = imageReference(image);
  const [named, digest] = reference.split('@');
  const slash = named.lastIndexOf('/');
  const repository =
    named.slice(0, slash) + named.slice(slash).replace(/:.*$/, '');
  return `${repository}@${digest ?? `sha256:${sha256(reference)}`}`;
}

/** What containerd says of an image that its registry does not have. */
export function pullError(image: string): string {
  const reference = imageReference(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`;
}

/** What the kubelet says of an image whose name is none. */
export function invalidNameError(image: string): string {
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
}
