import { FilterPredicate } from '@backstage/filter-predicates';

/**
 * Which entities have a Deployments tab: Components of a type that is deployed, and those that say how
 * their workloads are found. Replace it with `filter` in the extension's configuration where
 * `koala.services.types` names others.
 */
export const deploymentsFilter: FilterPredicate = {
  $all: [
    { kind: 'component' },
    {
      $any: [
        { 'spec.type': { $in: ['service', 'website', 'worker', 'job'] } },
        {
          'metadata.annotations.backstage.io/kubernetes-id': { $exists: true },
        },
        {
          'metadata.annotations.backstage.io/kubernetes-label-selector': {
            $exists: true,
          },
        },
        {
          'metadata.annotations.backstage.io/kubernetes-namespace': {
            $exists: true,
          },
        },
      ],
    },
  ],
};
