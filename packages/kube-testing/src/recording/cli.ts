import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startControlPlane } from '../control-plane/startControlPlane';
import { findKubectl } from '../kubectl/findKubectl';
import { recordState } from './recordState';
import { STATES } from './states';

/** At a time; each keeps a namespace busy. */
const AT_ONCE = 6;

/**
 * `yarn record`: records real objects in every state that Koala judges, from a real control plane, for the table tests of
 * `koala-common`. Arguments: parts of the names of the states to record; without any, all of them.
 */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const states = STATES.filter(
    ({ name }) =>
      wanted.length === 0 || wanted.some(part => name.includes(part)),
  );
  // It is started by `yarn record`, so from the root of the repository.
  const dir = resolve('plugins/koala-common/src/__fixtures__/recorded');
  await mkdir(dir, { recursive: true });
  const [kubectl, plane] = await Promise.all([
    findKubectl(),
    startControlPlane({
      clusters: ['real'],
      controllers: true,
      nodes: 3,
      speed: 4,
    }),
  ]);
  const cluster = plane.cluster('real');
  let failed = 0;
  const queue = [...states];
  const work = async () => {
    for (let state = queue.shift(); state; state = queue.shift()) {
      const { name } = state;
      try {
        const { objects, ...head } = await recordState({
          state,
          cluster,
          kubectl,
        });
        const lines = [
          ...Object.entries(head)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => `"${key}": ${JSON.stringify(value)},`),
          '"objects": [',
          objects.map(object => JSON.stringify(object)).join(',\n'),
          ']',
        ];
        await writeFile(
          `${dir}/${name}.generated.json`,
          `{\n${lines.join('\n')}\n}\n`,
        );
        process.stdout.write(`recorded ${name}\n`);
      } catch (error) {
        failed += 1;
        process.stdout.write(`FAIL ${(error as Error).message}\n`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await plane.stop();
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

void main();
