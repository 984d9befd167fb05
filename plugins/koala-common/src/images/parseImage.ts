/**
 * The parts of an image reference, as they are written: nothing is filled in. Without a registry the
 * node's default one is meant, without tag and digest the tag `latest`.
 *
 * @public
 */
export interface ImageReference {
  /** Host, with its port where it has one: `registry.example.com:5000`. */
  registry?: string;
  /** Path inside the registry: `shop/checkout`. */
  repository: string;
  /** Last part of the repository: `checkout`. */
  name: string;
  tag?: string;
  /** `sha256:…`, in full. */
  digest?: string;
}

/** As the container runtimes decide it: a first part with a dot or a port, or `localhost`, is a host. */
function isRegistry(part: string): boolean {
  return (
    /[.:]/.test(part) || part === 'localhost' || part !== part.toLowerCase()
  );
}

/**
 * Splits an image reference; never throws, since a pod with an invalid one has to be shown too.
 *
 * @public
 */
export function parseImage(reference: string): ImageReference {
  const at = reference.indexOf('@');
  const digest = at < 0 ? undefined : reference.slice(at + 1) || undefined;
  const tagged = at < 0 ? reference : reference.slice(0, at);

  const slash = tagged.indexOf('/');
  const registry =
    slash > 0 && isRegistry(tagged.slice(0, slash))
      ? tagged.slice(0, slash)
      : undefined;
  const path = registry ? tagged.slice(slash + 1) : tagged;

  const colon = path.lastIndexOf(':');
  const hasTag = colon > path.lastIndexOf('/');
  const repository = hasTag ? path.slice(0, colon) : path;
  return {
    registry,
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    tag: hasTag ? path.slice(colon + 1) || undefined : undefined,
    digest,
  };
}

/**
 * The image without its tag and digest: `registry.example.com/shop/checkout`.
 *
 * @public
 */
export function imageRepository(image: ImageReference): string {
  return image.registry
    ? `${image.registry}/${image.repository}`
    : image.repository;
}
