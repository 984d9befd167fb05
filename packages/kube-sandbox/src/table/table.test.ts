import { KubeObject } from '../objects/KubeObject';
import { resourceTypes } from '../registry/Registry';
import columns from './columns.generated.json';
import { toTable } from './table';

const NOW = Date.parse('2026-01-01T00:01:00Z');

const object = (kind: string): KubeObject => ({
  kind,
  apiVersion: 'v1',
  metadata: {
    name: 'a',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
});

describe('toTable', () => {
  const listed = resourceTypes().filter(({ verbs }) => verbs.has('list'));

  it.each(listed.map(type => [type.apiVersion, type.resource, type] as const))(
    'prints as many cells of %s %s as it has columns, even of an empty object',
    (apiVersion, resource, type) => {
      const table = toTable({
        type,
        objects: [object(type.kind)],
        metadata: {},
        include: 'None',
        now: NOW,
      });
      const known = (columns as Record<string, unknown[]>)[
        `${apiVersion}/${resource}`
      ];
      expect(table.columnDefinitions).toBe(known);
      expect(table.rows[0].cells).toHaveLength(known.length);
      expect(table.rows[0].cells).toContain('a');
    },
  );
});
