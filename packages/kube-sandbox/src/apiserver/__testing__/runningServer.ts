import { viewerPolicy } from '../../access/viewerPolicy';
import { ApiServer, ApiServerOptions, startApiServer } from '../startApiServer';
import { TestClient } from './TestClient';

const GROUP = 'rbac.authorization.k8s.io';

/** `shop-reader` reads the pods of namespace shop. */
const SHOP_READER = [
  {
    kind: 'Role',
    metadata: { name: 'reader', namespace: 'shop' },
    rules: [
      { verbs: ['get', 'list', 'watch'], apiGroups: [''], resources: ['pods'] },
    ],
  },
  {
    kind: 'RoleBinding',
    metadata: { name: 'reader', namespace: 'shop' },
    roleRef: { apiGroup: GROUP, kind: 'Role', name: 'reader' },
    subjects: [{ apiGroup: GROUP, kind: 'User', name: 'shop-reader' }],
  },
];

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
        shop: { user: 'shop-reader' },
      },
      roles: [...viewerPolicy(), ...SHOP_READER],
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
