import { sectionOf } from './markdown';

/** What an exercise does, or what the portal shows then. */
export type ExerciseStep =
  | { run: string }
  | { service: string; place: string; shows: string[] };

/** A section of docs/sandbox.md that breaks something and repairs it. */
export interface Exercise {
  title: string;
  /** In the order in which a reader meets them. */
  steps: ExerciseStep[];
}

const CLAIM = /^> \*\*Portal:\*\* `([^`]+)` in `([^`]+)` shows (.+)\.$/;

/**
 * Reads the exercises of a page: fenced blocks of `sh` are commands, and a quoted line that begins with
 * **Portal:** says what the portal shows.
 *
 * @throws Error where such a line is not understood
 */
export function readExercises(markdown: string, heading: string): Exercise[] {
  const section = sectionOf(markdown, heading);
  return section
    .split(/^### /m)
    .slice(1)
    .map(text => {
      const [title, ...lines] = text.split('\n');
      return { title, steps: stepsOf(lines) };
    });
}

function stepsOf(lines: string[]): ExerciseStep[] {
  const steps: ExerciseStep[] = [];
  let block: string[] | undefined;
  for (const line of lines) {
    if (block && line === '```') {
      steps.push({ run: block.join('\n') });
      block = undefined;
    } else if (block) {
      block.push(line);
    } else if (line === '```sh') {
      block = [];
    } else if (line.startsWith('> **Portal:**')) {
      steps.push(readClaim(line));
    }
  }
  return steps;
}

function readClaim(line: string): ExerciseStep {
  const match = CLAIM.exec(line);
  if (!match) {
    throw new Error(`This says nothing that can be checked: ${line}`);
  }
  const [, service, place, words] = match;
  return {
    service,
    place,
    shows: [...words.matchAll(/`([^`]+)`/g)].map(([, word]) => word),
  };
}
