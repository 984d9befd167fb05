import assert from 'node:assert/strict';
import { RawRequestInit, RawResponse } from '../client/RawKubeClient';
import { ContractContext } from './ContractContext';

const element = (text: string) => {
  const rest = text.slice(2);
  switch (text[0]) {
    case 'f':
      return `.${rest}`;
    case 'k':
      return `[${Object.entries(JSON.parse(rest))
        .map(([key, value]) => `${key}=${value}`)
        .join(',')}]`;
    default:
      return `[=${JSON.parse(rest)}]`;
  }
};

function fields(tree: any, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, node]: [string, any]) => {
    if (key === '.') {
      return [];
    }
    const path = prefix + element(key);
    const own = Object.keys(node).length === 0 || '.' in node;
    return [...(own ? [path.slice(1)] : []), ...fields(node, `${path}`)];
  });
}

/**
 * Who owns which fields of an object, in the order in which the server tells it: `me Apply apps/v1` owns `spec.replicas`.
 * Nothing of `managedFields` is left out but the times (that an entry has none is told) and, unless `all` are asked for,
 * what controllers own, who may write in between.
 */
export function ownersOf(
  object: any,
  options: { all?: boolean } = {},
): Record<string, string[]> {
  const owners: Record<string, string[]> = {};
  const entries = (object.metadata.managedFields ?? []).filter(
    (entry: any) => options.all || entry.manager !== 'kube-controller-manager',
  );
  for (const entry of entries) {
    const {
      manager,
      operation,
      apiVersion,
      time,
      fieldsType,
      fieldsV1,
      subresource,
      ...more
    } = entry;
    assert.equal(fieldsType, 'FieldsV1');
    assert.deepEqual(more, {});
    if (time) {
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
    let owner = `${manager} ${operation} ${apiVersion}`;
    owner += subresource ? ` ${subresource}` : '';
    owner += time ? '' : ' without time';
    owner += owners[owner] ? ' again' : '';
    owners[owner] = fields(fieldsV1);
  }
  return owners;
}

/** How something is applied. */
export interface ApplyInit {
  /** Name of the field manager; default `me`. */
  manager?: string;
  force?: boolean;
  subresource?: string;
  query?: RawRequestInit['query'];
}

/** The media type of a server-side apply. */
export const APPLY = 'application/apply-patch+yaml';

/** Sends a text as an apply of the ConfigMap `a`. */
export function applyText(
  t: ContractContext,
  body: string,
  query: RawRequestInit['query'] = {},
) {
  return t.client.request(t.path('configmaps', 'a'), {
    method: 'PATCH',
    contentType: APPLY,
    body,
    query: { fieldManager: 'me', ...query },
  });
}

/** Sends an object as a server-side apply; nothing is said of the answer. */
export function apply(
  t: ContractContext,
  resource: string,
  object: any,
  init: ApplyInit = {},
): Promise<RawResponse> {
  const { manager = 'me', force, subresource, query } = init;
  const name = [object.metadata.name, subresource].filter(Boolean).join('/');
  return t.client.request(t.path(resource, name), {
    method: 'PATCH',
    contentType: APPLY,
    body: object,
    query: { fieldManager: manager, force, ...query },
  });
}

/** Applies an object and returns it; a refusal fails the test. */
export async function applied(
  t: ContractContext,
  resource: string,
  object: any,
  init: ApplyInit = {},
): Promise<any> {
  const response = await apply(t, resource, object, init);
  assert.ok([200, 201].includes(response.status), response.text);
  return response.body;
}

/** Writes as a field manager: POST without a name, PUT with one, or a merge patch with `patch`. */
export async function written(
  t: ContractContext,
  resource: string,
  options: { manager: string; name?: string; body?: any; patch?: any },
): Promise<any> {
  const { manager, name, body, patch } = options;
  const method = name ? 'PUT' : 'POST';
  const response = await t.client.request(t.path(resource, name), {
    method: patch ? 'PATCH' : method,
    body: patch ?? body,
    ...(patch && { contentType: 'application/merge-patch+json' }),
    query: { fieldManager: manager },
  });
  assert.ok([200, 201].includes(response.status), response.text);
  return response.body;
}
