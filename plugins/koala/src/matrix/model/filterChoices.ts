import {
  Matrix,
  ServiceSummary,
  STATUSES,
} from '@koala-ops/backstage-plugin-koala-common';
import { STATUS_WORDS } from '../../status/statusWords';
import { entityName } from './entityName';
import { MatrixFilters, NO_SYSTEM } from './filters';

/** The filters that offer a list. */
export type FilterKey = 'system' | 'owner' | 'project' | 'status' | 'tier';

export interface FilterChoices {
  key: FilterKey & keyof MatrixFilters;
  label: string;
  choices: { value: string; label: string }[];
}

/** What each filter offers: only what occurs; a filter with nothing to offer is left out. */
export function filterChoices(
  matrix: Pick<Matrix, 'services' | 'environments'>,
): FilterChoices[] {
  const { services, environments } = matrix;
  const values = (of: (service: ServiceSummary) => string | undefined) =>
    distinct(services.map(of));
  const named = (refs: string[]) =>
    sortByLabel(refs.map(ref => ({ value: ref, label: entityName(ref) })));
  const plain = (texts: string[]) =>
    texts.map(text => ({ value: text, label: text }));
  const systems = named(values(service => service.system));
  if (systems.length > 0 && services.some(service => !service.system)) {
    systems.push({ value: NO_SYSTEM, label: 'No system' });
  }
  const all: FilterChoices[] = [
    { key: 'system', label: 'System', choices: systems },
    { key: 'owner', label: 'Owner', choices: named(values(s => s.owner)) },
    {
      key: 'project',
      label: 'Project',
      choices: sortByLabel(plain(values(s => s.project))),
    },
    {
      key: 'status',
      label: 'Status',
      choices: STATUSES.map(s => ({ value: s, label: STATUS_WORDS[s] })),
    },
    {
      key: 'tier',
      label: 'Tier',
      choices: plain(distinct(environments.map(e => e.tier))),
    },
  ];
  return all.filter(({ choices }) => choices.length > 0);
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((v): v is string => Boolean(v)))];
}

function sortByLabel<T extends { label: string }>(choices: T[]): T[] {
  return choices.sort((a, b) => a.label.localeCompare(b.label));
}
