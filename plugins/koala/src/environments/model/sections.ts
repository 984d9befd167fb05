import { EnvironmentOverview } from '@koala-ops/backstage-plugin-koala-common';
import {
  isPreview,
  orderEnvironments,
} from '../../matrix/model/environmentOrder';

/** Environments that belong together in the list. */
export interface EnvironmentSection {
  key: 'path' | 'others' | 'previews';
  title: string;
  /** "Development to Staging to Production" */
  note?: string;
  environments: EnvironmentOverview[];
}

/**
 * The sections of the list: what is promoted, in that order; what stands by itself; previews, which come
 * and go. `all` decides where an environment belongs, whatever the filters leave of them.
 */
export function sectionsOf(options: {
  all: readonly EnvironmentOverview[];
  shown: (environment: EnvironmentOverview) => boolean;
}): EnvironmentSection[] {
  const { all, shown } = options;
  const ordered = orderEnvironments(all);
  const names = new Set(all.map(({ name }) => name));
  const previews = ordered.filter(isPreview);
  const lasting = ordered.filter(environment => !isPreview(environment));
  const upstreams = new Set(lasting.map(({ promotesFrom }) => promotesFrom));
  const isPromoted = ({ name, promotesFrom }: EnvironmentOverview) =>
    upstreams.has(name) ||
    (promotesFrom !== undefined && names.has(promotesFrom));
  const path = lasting.filter(isPromoted);
  const others = lasting.filter(environment => !isPromoted(environment));
  const sections: EnvironmentSection[] = [
    {
      key: 'path',
      title: 'Promotion path',
      note: isChain(path) ? path.map(titleOf).join(' to ') : undefined,
      environments: path,
    },
    {
      key: 'others',
      title: path.length > 0 ? 'Other environments' : 'Environments',
      environments: others,
    },
    {
      key: 'previews',
      title: 'Preview environments',
      environments: previews,
    },
  ];
  return sections
    .map(section => ({
      ...section,
      environments: section.environments.filter(shown),
    }))
    .filter(({ environments }) => environments.length > 0);
}

/** What an environment is called where people read it. */
export function titleOf(environment: { name: string; title?: string }): string {
  return environment.title || environment.name;
}

/** Each one is promoted from the one before it, so that one sentence tells the whole path. */
function isChain(path: readonly EnvironmentOverview[]): boolean {
  return path.every(
    ({ promotesFrom }, index) =>
      index === 0 || promotesFrom === path[index - 1].name,
  );
}
