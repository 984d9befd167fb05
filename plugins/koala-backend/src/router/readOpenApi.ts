import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The API's description, which is also what requests are checked against. */
export function readOpenApi() {
  const file = resolvePackagePath(
    '@koala-ops/backstage-plugin-koala-backend',
    'openapi.yaml',
  );
  return parse(readFileSync(file, 'utf8'));
}
