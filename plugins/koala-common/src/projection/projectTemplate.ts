import { PodTemplate } from '../objects/PodTemplate';
import { containersByRole } from './containerRoles';
import { claimsOf } from './projectClaims';
import { projectConfigs } from './projectConfigs';
import { projectAnnotations, projectLabels } from './projectLabels';
import { readObject } from './rawFields';
import { SharedValues } from './SharedValues';

/** The part of `spec.template` that Koala keeps. */
export function projectTemplate(
  value: unknown,
  shared: SharedValues,
): PodTemplate {
  const raw = readObject(value);
  const metadata = readObject(raw.metadata);
  const annotations = projectAnnotations(metadata.annotations, shared);
  const spec = readObject(raw.spec);
  const containers = containersByRole(spec, annotations);
  const key = containers
    .map(({ name, image, role }) => `${name}\t${image}\t${role}`)
    .join('\n');
  return {
    labels: projectLabels(metadata.labels, shared),
    annotations,
    containers: shared.value(`containers\n${key}`, () =>
      Object.freeze(
        containers.map(({ name, image, role }) =>
          Object.freeze({ name, image, role }),
        ),
      ),
    ),
    claims: claimsOf(spec, shared),
    configs: projectConfigs(spec, shared),
  };
}
