/**
 * An image as short as it stays recognisable: `checkout:1.4.9` for
 * `registry.example.com/shop/checkout:1.4.9@sha256:…`.
 */
export function shortImage(image: string): string {
  const [named, digest] = image.split('@');
  const last = named.slice(named.lastIndexOf('/') + 1);
  return digest && !last.includes(':')
    ? `${last}@${shortDigest(digest)}`
    : last;
}

/** `sha256:9e1f0c2…` */
export function shortDigest(digest: string): string {
  const [algorithm, hex] = digest.split(':');
  return hex && hex.length > 7 ? `${algorithm}:${hex.slice(0, 7)}…` : digest;
}
