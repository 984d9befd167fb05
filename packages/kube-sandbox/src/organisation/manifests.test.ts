import { readFile } from 'fs/promises';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { Deployment } from '../client';
import { imageBehaviour } from '../nodes';
import { parseManifests, readManifests, splitRevisions } from './manifests';

const EXAMPLES = join(__dirname, '../../../../examples');

describe('parseManifests', () => {
  it('takes every document and leaves out empty ones', () => {
    const text =
      '# nothing\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n';
    expect(parseManifests(text, 'f.yaml')).toEqual([
      {
        file: 'f.yaml',
        object: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'a' },
        },
      },
    ]);
  });

  it.each([
    ['a: [', /f.yaml is no YAML/],
    ['kind: Pod', /f.yaml has a document without apiVersion/],
  ])('refuses %s', (text, message) => {
    expect(() => parseManifests(text, 'f.yaml')).toThrow(message);
  });
});

describe('the demo organisation', () => {
  const CLUSTERS = ['dev', 'staging', 'prod-eu', 'prod-us'];

  async function deployments(cluster: string): Promise<Deployment[]> {
    const manifests = await readManifests(join(EXAMPLES, 'clusters', cluster));
    return manifests
      .map(({ object }) => object as Deployment)
      .filter(({ kind }) => kind === 'Deployment');
  }

  it.each(CLUSTERS)('%s creates its namespaces first', async cluster => {
    const manifests = await readManifests(join(EXAMPLES, 'clusters', cluster));
    expect(manifests.slice(0, 3).map(({ object }) => object.kind)).toEqual(
      Array(3).fill('Namespace'),
    );
    const known = manifests
      .slice(0, 3)
      .map(({ object }) => object.metadata.name);
    manifests.slice(3).forEach(({ object }) => {
      expect(known).toContain(object.metadata.namespace);
    });
  });

  it('deploys only services of the catalog', async () => {
    const components: string[] = [];
    for (const file of ['shop', 'payments', 'data-platform']) {
      const text = await readFile(
        join(EXAMPLES, 'catalog', `${file}.yaml`),
        'utf8',
      );
      for (const document of parseAllDocuments(text)) {
        const entity = document.toJS();
        if (entity.kind === 'Component') {
          components.push(entity.metadata.name);
        }
      }
    }
    const deployed = new Set(
      (await Promise.all(CLUSTERS.map(deployments)))
        .flat()
        .map(({ metadata }) => metadata.name),
    );
    expect(deployed.size).toBe(14);
    expect(components).toEqual(expect.arrayContaining([...deployed]));
  });

  it('starts well everywhere, and goes wrong only with a later revision', async () => {
    const broken: string[] = [];
    for (const cluster of CLUSTERS) {
      const manifests = await readManifests(
        join(EXAMPLES, 'clusters', cluster),
      );
      const { first, later } = splitRevisions(manifests);
      const imagesOf = (list: typeof first) =>
        list
          .map(({ object }) => object as Deployment)
          .filter(({ kind }) => kind === 'Deployment')
          .flatMap(({ spec }) => [
            ...(spec.template.spec.initContainers ?? []),
            ...spec.template.spec.containers,
          ])
          .map(({ image }) => image);
      imagesOf(first).forEach(image => {
        expect([image, imageBehaviour(image).readyAfterMs]).toEqual([
          image,
          1000,
        ]);
      });
      broken.push(
        ...imagesOf(later).filter(
          image => imageBehaviour(image).readyAfterMs === undefined,
        ),
      );
    }
    expect(broken.map(image => image.split('/').at(-1)).sort()).toEqual([
      'checkout:1.4.9-missing',
      'fraud-scoring:0.31.0-oom',
      'stream-router:1.10.0-never-ready',
      'warehouse-loader:2.4.0-crash',
    ]);
  });
});
