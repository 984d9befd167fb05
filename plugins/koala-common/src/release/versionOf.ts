import { digestOf, shortDigest } from '../images/digests';
import { isVersionTag } from '../images/isVersionTag';
import { parseImage } from '../images/parseImage';
import { APP_VERSION_LABEL } from '../labels/wellKnownLabels';
import { PodContainer, PodObject } from '../objects/PodObject';
import { Release } from '../state/Release';

/** A version and where it was read. */
export type Version = Pick<Release, 'version' | 'source'>;

/** Kubernetes reads an image without tag and digest as this tag. */
const DEFAULT_TAG = 'latest';

/**
 * The version of something that runs an image: its tag, unless the tag is no version; then the label;
 * then the digest that runs; then the tag all the same, since it is all there is.
 */
export function versionOf(options: {
  image: string;
  /** Maps of labels, the one that counts most first. */
  labels: readonly Readonly<Record<string, string>>[];
  /** `sha256:…` of the image that runs, where it is known. */
  digest?: string;
}): Version {
  const { tag, digest: named } = parseImage(options.image);
  if (tag && isVersionTag(tag)) {
    return { version: tag, source: 'tag' };
  }
  const label = options.labels
    .map(labels => labels[APP_VERSION_LABEL])
    .find(value => value && isVersionTag(value));
  if (label) {
    return { version: label, source: 'label' };
  }
  const digest = named ?? options.digest;
  if (digest) {
    return { version: shortDigest(digest), source: 'digest' };
  }
  return { version: tag ?? DEFAULT_TAG, source: 'tag' };
}

/** The main container of a pod; undefined only for a pod without any. */
export function mainContainerOf(pod: PodObject): PodContainer | undefined {
  return pod.containers.find(({ role }) => role === 'main');
}

/**
 * The version that a pod runs, by the same rules as a release.
 *
 * @public
 */
export function versionOfPod(pod: PodObject): string {
  const main = mainContainerOf(pod);
  return versionOf({
    image: main?.image ?? '',
    labels: [pod.meta.labels],
    digest: digestOf(main?.imageId),
  }).version;
}
