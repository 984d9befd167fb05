/** What images of one version are called apart from the version: `1.4.2-alpine3.18`. */
const VARIANT =
  /[-_](alpine|slim|debian|bookworm|bullseye|buster|trixie|ubuntu|jammy|noble|focal|distroless|scratch|ubi|fips|management|amd64|arm64)[\d.]*$/;

/** A version without what does not make it another: `v`, the variant of its image, and how a plus is written. */
export function plainVersion(version: string): string {
  let text = version.toLowerCase().replace(/^v(?=\d)/, '');
  while (VARIANT.test(text)) {
    text = text.replace(VARIANT, '');
  }
  // A label cannot hold a plus sign; charts write an underscore in its place.
  return text.replace(/\+/g, '_');
}

/**
 * Whether a label names another version than the tag. `v1.4.2` and `1.4.2`, or `1.4.2-alpine` and
 * `1.4.2`, are the same version.
 */
export function disagrees(label: string, tag: string): boolean {
  return plainVersion(label) !== plainVersion(tag);
}
