import { ContainerState } from '../objects/PodObject';
import {
  RawObject,
  readMessage,
  readObject,
  readText,
  readTime,
} from './rawFields';
import { SharedValues } from './SharedValues';

function readExitCode(raw: RawObject): number {
  return typeof raw.exitCode === 'number' && Number.isSafeInteger(raw.exitCode)
    ? raw.exitCode
    : 0;
}

/** One state of a container; undefined where the kubelet has not said any. */
export function projectContainerState(
  value: unknown,
  shared: SharedValues,
): ContainerState | undefined {
  const raw = readObject(value);
  if (raw.terminated) {
    const terminated = readObject(raw.terminated);
    return {
      type: 'terminated',
      reason: shared.optionalText(readText(terminated.reason)),
      message: readMessage(terminated.message),
      exitCode: readExitCode(terminated),
      startedAt: readTime(terminated.startedAt),
      finishedAt: readTime(terminated.finishedAt),
    };
  }
  if (raw.running) {
    return {
      type: 'running',
      startedAt: readTime(readObject(raw.running).startedAt),
    };
  }
  if (raw.waiting) {
    const waiting = readObject(raw.waiting);
    return {
      type: 'waiting',
      reason: shared.optionalText(readText(waiting.reason)),
      message: readMessage(waiting.message),
    };
  }
  return undefined;
}
