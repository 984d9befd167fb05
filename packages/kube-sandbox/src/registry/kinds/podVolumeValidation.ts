import { Fields } from '../../objects/KubeObject';
import { dnsLabelProblems } from '../../selectors/labelSyntax';
import { duplicate, forbiddenField, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { problemsOf } from './fieldChecks';

/** The field that a source of a volume cannot do without, in the order in which sources are looked at. */
const NEEDED: Record<string, string | undefined> = {
  emptyDir: undefined,
  hostPath: 'path',
  secret: 'secretName',
  nfs: 'server',
  persistentVolumeClaim: 'claimName',
  downwardAPI: undefined,
  configMap: 'name',
  projected: undefined,
  csi: 'driver',
  ephemeral: 'volumeClaimTemplate',
};

function validateSource(volume: Fields, at: string): StatusCause[] {
  const [first, ...more] = Object.keys(NEEDED).filter(kind => volume[kind]);
  const needed = first && NEEDED[first];
  return [
    ...(needed && !volume[first][needed]
      ? [required(`${at}.${first}.${needed}`)]
      : []),
    ...more.map(kind =>
      forbiddenField(
        `${at}.${kind}`,
        'may not specify more than 1 volume type',
      ),
    ),
  ];
}

/** What is wrong with the volumes of a pod. */
export function validateVolumes(
  volumes: Fields[],
  path: string,
): StatusCause[] {
  const names = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`;
    const causes = validateSource(volume, at);
    if (!volume.name) {
      causes.push(required(`${at}.name`));
    } else {
      causes.push(...problemsOf(volume.name, `${at}.name`, dnsLabelProblems));
      if (names.has(volume.name)) {
        causes.push(duplicate(`${at}.name`, volume.name));
      }
    }
    names.add(volume.name);
    return causes;
  });
}
