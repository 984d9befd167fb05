import { Deployment } from '../../client';
import { LifeAction } from './LifeStep';
import { nextVersion } from './nextVersion';
import { touchedBy } from './touched';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
const VERSION_LABEL = 'app.kubernetes.io/version';
/** The version to go back to, kept on the object so that nothing is forgotten when the life ends. */
const ROLL_BACK_TO = 'sandbox.koala.io/roll-back-to';
const SCALE_BACK_TO = 'sandbox.koala.io/scale-back-to';
const FAULTY = /-(missing|crash|never-ready)$/;
const MOST_REPLICAS = 8;

/** What is to be done to a Deployment: a strategic merge patch, said in one line; or why nothing. */
export type Decision =
  | { patch: object; saying: string }
  | { patch?: undefined; leaving: string };

/** A Deployment where an action is to happen, and the one upstream where it is promoted from. */
export interface Situation {
  action: LifeAction;
  deployment: Deployment | undefined;
  upstream?: Deployment;
}

/**
 * What a pipeline would do to a Deployment now. It leaves alone what is gone, what somebody else than
 * the demo has changed, and what has become pointless meanwhile.
 */
export function decide({ action, deployment, upstream }: Situation): Decision {
  if (!deployment || deployment.metadata.deletionTimestamp) {
    return { leaving: 'it is not there' };
  }
  const toucher = touchedBy(deployment);
  if (toucher) {
    return { leaving: `${toucher} has changed it` };
  }
  const { annotations = {} } = deployment.metadata;
  const goBackTo = annotations[ROLL_BACK_TO];
  if (action.do === 'roll back' || (goBackTo && action.do === 'release')) {
    return goBackTo
      ? release(deployment, goBackTo, {
          saying: `roll back to ${goBackTo}`,
          annotations: { [ROLL_BACK_TO]: null },
        })
      : { leaving: 'there is nothing to roll back' };
  }
  switch (action.do) {
    case 'release':
      return released(deployment, action);
    case 'promote':
      return promoted(deployment, upstream, action);
    case 'scale up':
    case 'scale back':
      return scaled(deployment, action.do);
    default:
      return { leaving: `a Deployment cannot be told to ${action.do}` };
  }
}

function released(
  deployment: Deployment,
  { part, fault }: Extract<LifeAction, { do: 'release' }>,
): Decision {
  const current = versionOf(deployment);
  const next = current && nextVersion(current, part);
  return next
    ? toVersion(deployment, next, { saying: `release ${next}`, fault })
    : { leaving: `${current ?? 'its image'} has no next version` };
}

function promoted(
  deployment: Deployment,
  upstream: Deployment | undefined,
  { from, fault }: Extract<LifeAction, { do: 'promote' }>,
): Decision {
  const version = upstream && versionOf(upstream);
  if (!version || FAULTY.test(version) || touchedBy(upstream)) {
    return { leaving: `${from.stage} has nothing to promote` };
  }
  if (!isRolledOut(upstream)) {
    return { leaving: `${version} is not healthy in ${from.stage}` };
  }
  if (version === versionOf(deployment)) {
    return { leaving: `it runs ${version} already` };
  }
  const saying = `promote ${version} from ${from.stage}`;
  return toVersion(deployment, version, { saying, fault });
}

/** A bad release is the same version, with the word in its tag that makes it fail. */
function toVersion(
  deployment: Deployment,
  version: string,
  { saying, fault }: { saying: string; fault?: string },
): Decision {
  return fault
    ? release(deployment, `${version}-${fault}`, {
        saying,
        annotations: { [ROLL_BACK_TO]: versionOf(deployment)! },
      })
    : release(deployment, version, { saying });
}

function release(
  { metadata, spec }: Deployment,
  version: string,
  change: { saying: string; annotations?: Record<string, string | null> },
): Decision {
  const { name = '' } = metadata;
  const container = spec.template.spec.containers.find(
    candidate => candidate.name === name,
  );
  if (!container) {
    return { leaving: `no container of it is called ${name}` };
  }
  const image = `${repositoryOf(container.image)}:${version}`;
  const labels = metadata.labels?.[VERSION_LABEL] && {
    labels: { [VERSION_LABEL]: version },
  };
  return {
    saying: change.saying,
    patch: {
      metadata: {
        ...labels,
        annotations: {
          ...change.annotations,
          [CHANGE_CAUSE]: `ci-pipeline: ${change.saying}`,
        },
      },
      spec: {
        template: {
          ...(labels && { metadata: labels }),
          spec: { containers: [{ name, image }] },
        },
      },
    },
  };
}

function scaled(
  { metadata, spec }: Deployment,
  direction: 'scale up' | 'scale back',
): Decision {
  const now = spec.replicas ?? 1;
  const before = metadata.annotations?.[SCALE_BACK_TO];
  if (direction === 'scale back') {
    return before === undefined
      ? { leaving: 'it was not scaled up' }
      : {
          saying: `scale back to ${before}`,
          patch: {
            metadata: { annotations: { [SCALE_BACK_TO]: null } },
            spec: { replicas: Number(before) },
          },
        };
  }
  if (before !== undefined || now === 0 || now >= MOST_REPLICAS) {
    return { leaving: `it has ${now} replicas` };
  }
  return {
    saying: `scale to ${now + 1}`,
    patch: {
      metadata: { annotations: { [SCALE_BACK_TO]: String(now) } },
      spec: { replicas: now + 1 },
    },
  };
}

/** Tag of the container that is called like the Deployment. */
function versionOf({ metadata, spec }: Deployment): string | undefined {
  const image = spec.template.spec.containers.find(
    ({ name }) => name === metadata.name,
  )?.image;
  return image && /:([^/:@]+)$/.exec(image)?.[1];
}

function repositoryOf(image: string): string {
  return image.replace(/(:[^/:@]+)?(@.*)?$/, '');
}

function isRolledOut({ metadata, spec, status }: Deployment): boolean {
  const replicas = spec.replicas ?? 1;
  return (
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status?.updatedReplicas ?? 0) === replicas &&
    (status?.availableReplicas ?? 0) === replicas
  );
}
