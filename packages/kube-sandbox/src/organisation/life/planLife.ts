import { LifeScript, LifeService, LifeStage } from './LifeScript';
import { Fault, LifeAction, LifeStep, Place } from './LifeStep';
import { seededRandom, shuffled } from './random';

/** A bad release is noticed, talked about, and taken back. */
const ROLL_BACK_AFTER_MS = 240_000;
const SCALE_BACK_AFTER_MS = 420_000;
/** From one cluster of a stage to the next. */
const NEXT_CLUSTER_MS = 45_000;
const FAULTS: readonly Fault[] = ['missing', 'crash', 'never-ready'];

/** An actor of the script: what stories are told of. */
type Actor =
  | { kind: 'service'; service: LifeService }
  | { kind: 'cronJob'; name: string; system: string };

type Draft = Omit<LifeStep, 'at' | 'workload'> & { after: number };

/**
 * What happens from `from` (included) to `to` (excluded), in milliseconds of life, in order. The same
 * script gives the same life, however it is cut into pieces.
 *
 * About every `everySeconds` a story of one service begins; everybody has a turn before somebody has a
 * second one, so a story is over before the next of the same service begins where there are enough of
 * them. Most stories are a release that passes from stage to stage; some fail in the first or second
 * stage and are rolled back, some scale up and back, and a CronJob is run by hand.
 */
export function planLife(
  script: LifeScript,
  { from, to }: { from: number; to: number },
): LifeStep[] {
  const actors = actorsOf(script);
  if (actors.length === 0 || to <= from) {
    return [];
  }
  const every = script.everySeconds * 1000;
  const first = Math.max(
    0,
    Math.floor((from - longestStory(script)) / every) - 1,
  );
  const steps: LifeStep[] = [];
  for (let index = first; index * every < to; index += 1) {
    steps.push(...storyAt({ script, actors, index, every }));
  }
  return steps
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at);
}

function storyAt(options: {
  script: LifeScript;
  actors: readonly Actor[];
  index: number;
  every: number;
}): LifeStep[] {
  const { script, actors, index, every } = options;
  const random = seededRandom(script.seed + 7919 * (index + 1));
  // Somewhere in the second half of its turn, so that the beat is not heard.
  const start = (index + 0.5 + random() / 2) * every;
  const actor = actors[index % actors.length];
  const [workload, drafts] =
    actor.kind === 'service'
      ? [actor.service.name, serviceStory(script, actor.service, random)]
      : [actor.name, [run(script, actor, random)]];
  return drafts.map(({ after, ...draft }) => ({
    at: Math.round(start + after),
    workload,
    ...draft,
  }));
}

function serviceStory(
  script: LifeScript,
  service: LifeService,
  random: () => number,
): Draft[] {
  const chance = random();
  if (chance < 0.2) {
    return failingRelease(script, service, random);
  }
  if (chance < 0.45 && service.scales) {
    return scaling(script, service, random);
  }
  const part = random() < 0.5 ? 'minor' : 'patch';
  return passThrough(script, service, part);
}

/** From stage to stage, and inside a stage from cluster to cluster. */
function passThrough(
  { stages }: LifeScript,
  service: LifeService,
  part: 'minor' | 'patch',
): Draft[] {
  let after = 0;
  return stages.flatMap((stage, index) => {
    after += index === 0 ? 0 : stage.afterSeconds * 1000;
    const action: LifeAction =
      index === 0
        ? { do: 'release', part }
        : {
            do: 'promote',
            from: placesOf(stages[index - 1], service.system)[0],
          };
    return placesOf(stage, service.system).map((place, nth) => ({
      after: after + nth * NEXT_CLUSTER_MS,
      place,
      action,
    }));
  });
}

/** Fails in the first stage, or in the second after the first was fine; never in production. */
function failingRelease(
  script: LifeScript,
  service: LifeService,
  random: () => number,
): Draft[] {
  const fault = FAULTS[Math.floor(random() * FAULTS.length)];
  const failsAt = script.stages.length > 2 && random() < 0.4 ? 1 : 0;
  const stage = script.stages[failsAt].name;
  const story = passThrough(script, service, 'minor').filter(({ place }) =>
    script.stages
      .slice(0, failsAt + 1)
      .some(({ name }) => name === place.stage),
  );
  return story.flatMap(draft =>
    draft.place.stage === stage
      ? [
          { ...draft, action: { ...draft.action, fault } as LifeAction },
          {
            place: draft.place,
            after: draft.after + ROLL_BACK_AFTER_MS,
            action: { do: 'roll back' },
          },
        ]
      : [draft],
  );
}

function scaling(
  { stages }: LifeScript,
  service: LifeService,
  random: () => number,
): Draft[] {
  const places = stages.flatMap(stage => placesOf(stage, service.system));
  const place = places[Math.floor(random() * places.length)];
  return [
    { after: 0, place, action: { do: 'scale up' } },
    { after: SCALE_BACK_AFTER_MS, place, action: { do: 'scale back' } },
  ];
}

function run(
  { stages }: LifeScript,
  { system }: { system: string },
  random: () => number,
): Draft {
  const places = stages.flatMap(stage => placesOf(stage, system));
  const place = places[Math.floor(random() * places.length)];
  return { after: 0, place, action: { do: 'run' } };
}

function placesOf(stage: LifeStage, system: string): Place[] {
  const namespace = stage.namespace.replaceAll('{system}', system);
  return stage.clusters.map(cluster => ({
    stage: stage.name,
    cluster,
    namespace,
  }));
}

function actorsOf({ seed, services, cronJobs }: LifeScript): Actor[] {
  return shuffled<Actor>(
    [
      ...services.map(service => ({ kind: 'service' as const, service })),
      ...cronJobs.map(({ name, system }) => ({
        kind: 'cronJob' as const,
        name,
        system,
      })),
    ],
    seededRandom(seed),
  );
}

/** No story takes longer than this, in milliseconds. */
function longestStory({ stages }: LifeScript): number {
  const passing = stages.reduce(
    (sum, { afterSeconds, clusters }) =>
      sum + afterSeconds * 1000 + clusters.length * NEXT_CLUSTER_MS,
    0,
  );
  return Math.max(passing + ROLL_BACK_AFTER_MS, SCALE_BACK_AFTER_MS);
}
