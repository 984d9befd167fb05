import { ControllerChoice } from '../control-plane/controllers';
import { Faults } from '@koala-ops/kube-sandbox';
import { TokenUser } from '../control-plane/tokens';

/** What one simulated cluster is started with, in this process or in its own. */
export interface SandboxSettings {
  name: string;
  port: number;
  /** Where its certificate authority is kept and, in a process of its own, its objects. */
  dir: string;
  users: TokenUser[];
  controllers: ControllerChoice;
  nodes: number;
  speed: number;
  historyWindow: number;
  bookmarkIntervalMs: number;
  /** The mutants among the faults; functions cannot be sent to another process. */
  faults: Pick<Faults, 'swallowDelete' | 'ignoreSelector' | 'neverGone'>;
}
