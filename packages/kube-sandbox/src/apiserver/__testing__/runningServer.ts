import { ApiServer, ApiServerOptions, startApiServer } from '../startApiServer';
import { TestClient } from './TestClient';

/** Starts a server before each test of the enclosing block and ends it after; `admin` may do everything. */
export function runningServer(options: Partial<ApiServerOptions> = {}) {
  const running = {} as { server: ApiServer; client: TestClient };
  beforeEach(async () => {
    running.server = await startApiServer({
      name: 'test',
      tokens: {
        admin: { user: 'admin', groups: ['system:masters'] },
        viewer: { user: 'viewer', groups: ['koala-sandbox:viewers'] },
        nobody: { user: 'nobody' },
        shop: {
          user: 'shop-reader',
          rules: [
            {
              verbs: ['get', 'list', 'watch'],
              apiGroups: [''],
              resources: ['pods'],
              namespaces: ['shop'],
            },
          ],
        },
      },
      ...options,
      faults: { ...options.faults },
    });
    running.client = new TestClient(running.server);
  });
  afterEach(async () => {
    running.client.close();
    await running.server.close();
  });
  return running;
}
