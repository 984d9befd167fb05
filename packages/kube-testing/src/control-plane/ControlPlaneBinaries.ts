import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** The programs that make up a control plane, by the names that their builds give them. */
export const CONTROL_PLANE_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
] as const;

/** One program of the control plane. */
export type ControlPlaneProgram = (typeof CONTROL_PLANE_PROGRAMS)[number];

/** Absolute paths of the programs. */
export type ControlPlaneBinaries = Record<ControlPlaneProgram, string>;

/** Which of the programs a folder holds and which it lacks. */
export async function inspectBinaries(
  dir: string,
): Promise<{ binaries: ControlPlaneBinaries; missing: ControlPlaneProgram[] }> {
  const missing: ControlPlaneProgram[] = [];
  const binaries = {} as ControlPlaneBinaries;
  for (const program of CONTROL_PLANE_PROGRAMS) {
    const path = join(dir, program);
    binaries[program] = path;
    try {
      await access(path, constants.X_OK);
    } catch {
      missing.push(program);
    }
  }
  return { binaries, missing };
}
