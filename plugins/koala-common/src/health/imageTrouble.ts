import { shortDigest } from '../images/digests';
import { imageRepository, parseImage } from '../images/parseImage';
import { nextStepFor } from './nextSteps';
import { shorten } from './shorten';

/** Waiting reasons that are about getting the image. */
const IMAGE_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

export function isImageReason(reason: string): boolean {
  return IMAGE_REASONS.has(reason);
}

const DENIED =
  /denied|unauthorized|authentication required|no basic auth|40[13] (forbidden|unauthorized)/i;
const UNREACHABLE =
  /no such host|i\/o timeout|connection refused|connection reset|no route to host|deadline exceeded|x509|certificate|server misbehaving|TLS handshake/i;
const ABSENT = /not found|manifest unknown|name unknown|does not exist/i;

/** What the kubelet and the runtimes put before the cause. */
const PREFACES = [
  /^Back-off pulling image "[^"]*"(: )?/,
  /^ErrImagePull: /,
  /^rpc error: code = \w+ desc = /,
  /^failed to pull and unpack image "[^"]*": /,
  /^failed to resolve reference "[^"]*": /,
  /^Error response from daemon: /,
];

function causeOf(text: string): string {
  let cause = text;
  for (const preface of PREFACES) {
    cause = cause.replace(preface, '');
  }
  return cause.trim();
}

/**
 * What is wrong with an image, in words that name it, and what to do.
 *
 * @param options - `text`: what the kubelet says; older ones do not name the cause while they wait.
 */
export function imageTrouble(options: {
  code: string;
  image: string;
  text?: string;
}): { message: string; nextStep?: string } {
  const { code, image } = options;
  const cause = causeOf(options.text ?? '');
  const parsed = parseImage(image);
  const repository = imageRepository(parsed);

  if (code === 'InvalidImageName') {
    return {
      message: `\`${image}\` is not a valid image name`,
      nextStep: nextStepFor(code),
    };
  }
  if (code === 'ErrImageNeverPull') {
    return {
      message: `${image} is not on the node, and imagePullPolicy is Never`,
      nextStep: nextStepFor(code),
    };
  }
  if (DENIED.test(cause)) {
    return {
      message: `the registry refuses ${image}: ${shorten(cause)}`,
      nextStep: nextStepFor('ImageAccessDenied'),
    };
  }
  if (UNREACHABLE.test(cause)) {
    return {
      message: `cannot reach the registry of ${image}: ${shorten(cause)}`,
      nextStep: nextStepFor('RegistryUnreachable'),
    };
  }
  if (ABSENT.test(cause)) {
    const what = parsed.digest
      ? `digest \`${shortDigest(parsed.digest)}\``
      : `tag \`${parsed.tag ?? 'latest'}\``;
    return {
      message: `${what} not found in ${repository}`,
      nextStep: nextStepFor('ImageNotFound'),
    };
  }
  return {
    message: cause
      ? `cannot pull ${image}: ${shorten(cause)}`
      : `cannot pull ${image}`,
    nextStep: nextStepFor(code),
  };
}
