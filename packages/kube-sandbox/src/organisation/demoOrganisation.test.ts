import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { Deployment, PodTemplate } from '../client';
import { imageBehaviour } from '../nodes';
import { readLifeScript } from './life';
import { groupRevisions, Manifest, readManifests } from './manifests';

const EXAMPLES = join(__dirname, '../../../../examples');
const CLUSTERS = ['dev', 'staging', 'prod-eu', 'prod-us'];
const WORKLOADS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
] as const;

const manifestsOf = (cluster: string) =>
  readManifests(join(EXAMPLES, 'clusters', cluster));

/** Pod template of a workload, wherever its kind keeps it. */
function templateOf({ object }: Manifest): PodTemplate | undefined {
  const { spec } = object as any;
  return spec?.jobTemplate?.spec.template ?? spec?.template;
}

async function componentNames(): Promise<string[]> {
  const directory = join(EXAMPLES, 'catalog');
  const texts = await Promise.all(
    (
      await readdir(directory)
    ).map(file => readFile(join(directory, file), 'utf8')),
  );
  return texts
    .flatMap(text => [...parseAllDocuments(text)])
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'Component')
    .map(({ metadata }) => metadata.name);
}

describe('the demo organisation', () => {
  it.each(CLUSTERS)('%s makes its namespaces first', async cluster => {
    const manifests = await manifestsOf(cluster);
    const isNamespace = ({ object }: Manifest) => object.kind === 'Namespace';
    const last = manifests.map(isNamespace).lastIndexOf(true);
    expect(manifests.slice(0, last + 1).every(isNamespace)).toBe(true);
    const known = manifests
      .filter(isNamespace)
      .map(({ object }) => object.metadata.name);
    const used = manifests
      .slice(last + 1)
      .flatMap(({ object }) => object.metadata.namespace ?? []);
    expect(known).toEqual(expect.arrayContaining(used));
  });

  it('deploys services of the catalog, and one workload that nobody claims', async () => {
    const components = await componentNames();
    const deployed = new Set(
      (await Promise.all(CLUSTERS.map(manifestsOf)))
        .flat()
        .filter(({ object }) => WORKLOADS.includes(object.kind as never))
        .map(({ object }) => object.metadata.name!),
    );
    const unclaimed = [...deployed].filter(name => !components.includes(name));
    expect(unclaimed).toEqual(['legacy-importer']);
    // Claims what event-ingest runs.
    expect(components.filter(name => !deployed.has(name)).sort()).toEqual([
      'clickstream',
      // A library.
      'money',
    ]);
  });

  it('fails only where it says so', async () => {
    const broken: string[] = [];
    for (const cluster of CLUSTERS) {
      for (const manifest of await manifestsOf(cluster)) {
        const { initContainers = [], containers = [] } =
          templateOf(manifest)?.spec ?? {};
        for (const { image } of [...initContainers, ...containers]) {
          const { readyAfterMs } = imageBehaviour(image);
          if (readyAfterMs === undefined) {
            broken.push(`${cluster} ${image.split('/').at(-1)}`);
          }
        }
      }
    }
    expect(broken.sort()).toEqual([
      'dev stream-router:1.10.0-never-ready',
      'dev warehouse-loader:2.4.0-crash',
      'prod-eu fraud-scoring:0.31.0-oom',
      'staging checkout:1.4.9-missing',
      'staging settlement-export:4.1.0-crash',
    ]);
  });

  it('lives only where nothing has to stand still', async () => {
    const script = await readLifeScript(join(EXAMPLES, 'life.yaml'));
    const groups = new Map<string, Manifest[][]>();
    for (const cluster of CLUSTERS) {
      groups.set(cluster, groupRevisions(await manifestsOf(cluster)));
    }
    for (const { name, system, scales } of script.services) {
      for (const { clusters, namespace } of script.stages) {
        for (const cluster of clusters) {
          const of = (kind: string) =>
            groups
              .get(cluster)!
              .filter(
                ([{ object }]) =>
                  object.kind === kind &&
                  object.metadata.name === name &&
                  object.metadata.namespace ===
                    namespace.replace('{system}', system),
              );
          // One document each: what has a past shows a state that has to stay.
          expect(of('Deployment').map(revisions => revisions.length)).toEqual([
            1,
          ]);
          expect(scales && of('HorizontalPodAutoscaler').length).toBeFalsy();
          const [[{ object }]] = of('Deployment');
          const { containers } = (object as Deployment).spec.template.spec;
          expect(containers.map(container => container.name)).toContain(name);
        }
      }
    }
  });
});
