import { KoalaApi, placeOf } from './KoalaApi';

/** One row of "What else there is to see" of the demo organisation. */
export interface Sight {
  service: string;
  where: string;
  /** Said in a few words, several with commas between them: `version 4.2.0, label says 4.1.9`. */
  shows: string;
}

/** What the portal's API says of a service in a place, in the words of {@link Sight.shows}. */
export async function sightsOf(
  api: KoalaApi,
  { service, where }: Sight,
): Promise<string[]> {
  const place = placeOf(where);
  const { unclaimed } = await api.environment(place.environment);
  if (unclaimed.some(({ name }) => name === service)) {
    return ['unclaimed'];
  }
  const target = await api.target(service, place);
  const { release, behind, exposures, volumes, workloads } = target;
  return [
    ...(release ? [`version ${release.version}`] : []),
    ...(release?.labelSays ? [`label says ${release.labelSays}`] : []),
    ...(behind ? [`behind ${behind.environment} by ${behind.by}`] : []),
    ...exposures.flatMap(({ type, reason }) => [
      String(type),
      ...(reason ? [reason.code] : []),
    ]),
    ...volumes.map(({ name, access }) =>
      access === 'shared' ? `shared volume ${name}` : `volume ${name}`,
    ),
    ...workloads.flatMap(({ alsoClaimedBy = [], pods }) => [
      ...alsoClaimedBy.map(
        reference => `also claimed by ${reference.split('/').at(-1)}`,
      ),
      ...pods.flatMap(({ containers }) =>
        containers.map(({ role, name }) =>
          role === 'init' ? `init container ${name}` : `${role} ${name}`,
        ),
      ),
    ]),
  ];
}
