/** Processor and operating system: they tell builds of one version apart, not versions. */
const PLATFORM =
  /^(amd64|x86|x64|i?386|arm|arm32|arm64|armhf|aarch64|armv\d|arm(32|64)?v\d|ppc64le|s390x|riscv64|win32|win64|windows|linux)$/;

/** Places and branches that people number: `dev2` is the second dev, not a version. */
const NUMBERED_PLACE =
  /^(dev|develop|test|qa|uat|stage|staging|prod|production|env|preview)\d{1,2}$/;

const COMMIT = /^[0-9a-f]{7,40}$/;

/**
 * Whether a tag says which version it is. A version has a number or a commit in it: `1.4.2`, `v2`,
 * `2024-10-01.3`, `main-3f2c1ab`, `pr-482-a91c77e`. A tag that moves (`latest`, `stable`) or a branch
 * name alone (`main`, `feature-login`) says nothing about what runs.
 *
 * @public
 */
export function isVersionTag(tag: string): boolean {
  if (COMMIT.test(tag)) {
    return true;
  }
  return tag
    .toLowerCase()
    .split(/[-_+]/)
    .some(
      word =>
        !PLATFORM.test(word) &&
        !NUMBERED_PLACE.test(word) &&
        (/\d/.test(word) || COMMIT.test(word)),
    );
}
