import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { Fields } from '../objects/KubeObject';

/** Somebody who may reach the clusters of a sandbox with a token; what they may do, roles in the clusters say. */
export interface SandboxUser {
  /** Short name, as in the context `dev-<name>`. */
  name: string;
  /** Name by which roles are bound to this user; the short name unless told. */
  user: string;
  /** Bearer token; `koala-<name>` unless told. */
  token: string;
  /** Groups by which roles are bound. */
  groups: readonly string[];
  /** Namespace of the context; `default` unless told. */
  namespace?: string;
}

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const FIELDS = ['name', 'user', 'token', 'groups', 'namespace'];

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(it => typeof it === 'string');
}

function readUser(entry: Fields, refuse: (problem: string) => Error) {
  const { name, user = name, token = `koala-${name}`, namespace } = entry;
  const { groups = [] } = entry;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw refuse(
      'every user needs a name of lower case letters, digits and dashes',
    );
  }
  const unknown = Object.keys(entry).filter(field => !FIELDS.includes(field));
  if (unknown.length > 0) {
    throw refuse(
      `user ${name} has ${unknown.join(', ')}, but a user has ${FIELDS.join(
        ', ',
      )} only; what a user may do, a RoleBinding among the manifests says`,
    );
  }
  for (const [field, value] of Object.entries({ user, token })) {
    if (typeof value !== 'string' || !/^\S+$/.test(value)) {
      throw refuse(
        `the ${field} of user ${name} has to be text without spaces`,
      );
    }
  }
  if (!isTexts(groups)) {
    throw refuse(`the groups of user ${name} have to be a list of texts`);
  }
  if (namespace !== undefined && !NAME.test(String(namespace))) {
    throw refuse(`the namespace of user ${name} cannot be ${namespace}`);
  }
  return { name, user, token, groups, ...(namespace && { namespace }) };
}

/**
 * Reads the users of a sandbox from a YAML file: a list of {@link SandboxUser}s, of which only the name is needed. Rejects with a
 * sentence that says what is wrong with the file.
 */
export async function readUsers(file: string): Promise<SandboxUser[]> {
  const refuse = (problem: string) => new Error(`${file}: ${problem}.`);
  let entries: unknown;
  try {
    entries = parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message.split('\n')[0] : '');
  }
  if (!Array.isArray(entries)) {
    throw refuse('it has to be a list of users, each with a name');
  }
  const users = entries.map(entry => readUser(entry ?? {}, refuse));
  for (const field of ['name', 'token'] as const) {
    const values = users.map(user => user[field]);
    const twice = values.find((it, index) => values.indexOf(it) !== index);
    if (twice) {
      throw refuse(`two users have the ${field} ${twice}`);
    }
  }
  return users;
}
