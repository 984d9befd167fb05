/**
 * What a simulated container does. Nothing runs: **the image's name says what happens**, so that every
 * state of a rollout can be brought about with `kubectl set image`.
 *
 * A word counts where it stands by itself in the path or the tag, between `/`, `:`, `-`, `.` and `_`;
 * the registry's host does not count. `shop/cart:2.6.1-crash` crashes, `mushroom` is no `oom`.
 *
 * | Word | What happens |
 * |---|---|
 * | `missing`, `does-not-exist`, `nonexistent`, `no-such…`, `not-found` | cannot be pulled: ErrImagePull, then ImagePullBackOff |
 * | `crash`, `crashing`, `crashloop` | runs for a moment, exits with 1: CrashLoopBackOff |
 * | `exit-<code>` | runs for a moment, exits with that code |
 * | `oom`, `oomkilled` | runs for a moment, is killed with 137: OOMKilled |
 * | `never-ready`, `unready`, `not-ready` | runs, but its readiness probe fails for ever |
 * | `slow` | is ready after 8 seconds |
 * | `hang`, `hangs`, `deadlock` | runs, then answers no probe any more: its liveness probe kills it again and again |
 * | `stubborn` | does not heed SIGTERM: is killed at the end of its grace period, with 137 and not with 143 |
 * | `evict`, `evicted` | fills the node's disk: its pod is evicted |
 * | anything else | is ready after one to two seconds |
 *
 * `runs-<n>s` (or `takes-<n>s`, `-<n>m`) says for how long it runs before it ends: with 0, or as `crash`,
 * `oom` and `exit-<code>` say. Of several words the first row that applies counts. In a pod that is meant to end (restart policy
 * `Never` or `OnFailure`) and as an init container, an image that would serve ends with 0 instead.
 */
export interface ImageBehaviour {
  pull: 'found' | 'not-found' | 'invalid-name';
  /** Milliseconds from start to ready; undefined: never. */
  readyAfterMs?: number;
  /** Milliseconds from start until it answers no probe any more. */
  hangsAfterMs?: number;
  /** Milliseconds from start until its pod is evicted. */
  evictedAfterMs?: number;
  /** Ends only when it is killed. */
  ignoresStop?: true;
  /** How it ends by itself; undefined: it runs until it is stopped. */
  exit?: {
    afterMs: number;
    exitCode: number;
    reason: 'Completed' | 'Error' | 'OOMKilled';
  };
}

const START = '(?:^|[/:._-])';
const END = '(?=$|[/:._@-])';

function word(alternatives: string): RegExp {
  return new RegExp(`${START}(?:${alternatives})${END}`);
}

const MISSING = word(
  'missing|does[_-]?not[_-]?exist|non[_-]?existent|no[_-]such|not[_-]?found',
);
const CRASH = word('crash|crash(?:es|ing|ed)|crash[_-]?loop(?:s|ing)?');
const OOM = word('oom|oom[_-]?kill(?:s|ed)?');
const UNREADY = word('never[_-]?ready|un[_-]?ready|not[_-]?ready');
const SLOW = word('slow');
const HANGS = word('hang(?:s|ing)?|dead[_-]?lock(?:s|ed)?');
const STUBBORN = word('stubborn');
const EVICTED = word('evict(?:s|ed)?');
const EXIT = word('exit[_-]?(\\d{1,3})');
const DURATION = word('(?:runs|takes)[_-]?(\\d{1,4})([sm])');

/** A registry, then a repository, then a tag, then a digest; all but the repository may be missing. */
const REFERENCE =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[/._-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

const MOMENT_MS = 1_500;

/** What ends sooner never gets ready. */
const LASTING_MS = 3_000;
const SLOW_MS = 8_000;
const HANGS_MS = 6_000;
const EVICTED_MS = 4_000;

/** The image without the host of its registry, which is followed by a `/` and has a dot or a port. */
function withoutRegistry(image: string): string {
  const slash = image.indexOf('/');
  const host = image.slice(0, Math.max(0, slash));
  return /[.:]/.test(host) || host === 'localhost'
    ? image.slice(slash + 1)
    : image;
}

function exitOf(name: string, jitter: number): ImageBehaviour['exit'] {
  const duration = DURATION.exec(name);
  const afterMs = duration
    ? Number(duration[1]) * (duration[2] === 'm' ? 60_000 : 1_000)
    : MOMENT_MS + 500 * jitter;
  const code = EXIT.exec(name);
  if (CRASH.test(name)) {
    return { afterMs, exitCode: 1, reason: 'Error' };
  }
  if (OOM.test(name)) {
    return { afterMs, exitCode: 137, reason: 'OOMKilled' };
  }
  if (code) {
    const exitCode = Number(code[1]) % 256;
    return { afterMs, exitCode, reason: exitCode ? 'Error' : 'Completed' };
  }
  return duration ? { afterMs, exitCode: 0, reason: 'Completed' } : undefined;
}

/** What a container of this image does; `jitter` (0 to 1) spreads equal containers a little. */
export function imageBehaviour(image: string, jitter = 0): ImageBehaviour {
  const name = withoutRegistry(image);
  const repository = name.replace(/[:@].*$/, '');
  if (!REFERENCE.test(image) || repository !== repository.toLowerCase()) {
    return { pull: 'invalid-name' };
  }
  if (MISSING.test(name)) {
    return { pull: 'not-found' };
  }
  const exit = exitOf(name, jitter);
  if (exit && exit.afterMs < LASTING_MS) {
    return { pull: 'found', exit };
  }
  const habits = {
    ...(exit && { exit }),
    ...(HANGS.test(name) && { hangsAfterMs: HANGS_MS }),
    ...(EVICTED.test(name) && { evictedAfterMs: EVICTED_MS }),
    ...(STUBBORN.test(name) && { ignoresStop: true as const }),
  };
  if (UNREADY.test(name)) {
    return { pull: 'found', ...habits };
  }
  return {
    pull: 'found',
    ...habits,
    readyAfterMs: SLOW.test(name) ? SLOW_MS : 1_000 + 1_000 * jitter,
  };
}
