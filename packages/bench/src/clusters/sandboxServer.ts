import { startApiServer } from '@koala-ops/kube-sandbox';
import { randomBytes } from 'node:crypto';
import { endWithParent } from '../endWithParent';

endWithParent();

/** What the process says about itself, as one line of JSON. */
export interface SandboxServerLine {
  url: string;
  caPem: string;
  token: string;
}

/** One simulated API server that counts its requests as a real one does, in a process that can be frozen. */
async function main(name: string): Promise<void> {
  const token = randomBytes(16).toString('hex');
  let requests = 0;
  const { url, caPem } = await startApiServer({
    name,
    tokens: { [token]: { user: 'admin', groups: ['system:masters'] } },
    faults: {
      respond: ({ path }) => {
        const before = requests;
        requests += 1;
        return path === '/metrics'
          ? { status: 200, body: `apiserver_request_total ${before}\n` }
          : undefined;
      },
    },
  });
  const line: SandboxServerLine = { url, caPem, token };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
