import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { jsonProblem } from '../../apiserver/jsonProblem';
import { selectable } from '../../selectors/fieldSelector';
import {
  forbiddenField,
  invalidValue,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';
import { problemsOf } from './fieldChecks';

const KEY_DETAIL =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function keyProblems(key: string): string[] {
  if (key === '.' || key === '..') {
    return [`must not be '${key}'`];
  }
  return [
    ...(/^[-._a-zA-Z0-9]{1,253}$/.test(key) ? [] : [KEY_DETAIL]),
    ...(key.startsWith('..') ? ["must not start with '..'"] : []),
  ];
}

function validateKeys(object: KubeObject): StatusCause[] {
  const { data = {}, binaryData = {} } = object;
  return [
    ...Object.keys(data).flatMap(key => [
      ...problemsOf(key, `data[${key}]`, keyProblems),
      ...(Object.hasOwn(binaryData, key)
        ? [
            invalidValue(
              `data[${key}]`,
              key,
              'duplicate of key present in binaryData',
            ),
          ]
        : []),
    ]),
    ...Object.keys(binaryData).flatMap(key =>
      problemsOf(key, `binaryData[${key}]`, keyProblems),
    ),
  ];
}

/** What the built-in types of Secrets ask for. */
const NEEDED: Record<string, readonly string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** Docker's configuration has to be JSON; what is in it is not told. */
function validateJson(data: Fields, key: string): StatusCause[] {
  const text = Buffer.from(data[key], 'base64').toString('utf8');
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [
      invalidValue(
        `data[${key}]`,
        '<secret contents redacted>',
        jsonProblem(text, error),
      ),
    ];
  }
}

function validateType({
  type,
  data = {},
  metadata,
}: KubeObject): StatusCause[] {
  const missing = (key: string) =>
    Object.hasOwn(data, key) ? [] : [required(`data[${key}]`)];
  const causes = (NEEDED[type] ?? []).flatMap(missing);
  if (causes.length === 0 && type?.startsWith('kubernetes.io/dockerc')) {
    return validateJson(data, NEEDED[type][0]);
  }
  if (type === 'kubernetes.io/basic-auth') {
    const keys = ['username', 'password'];
    return keys.some(key => Object.hasOwn(data, key))
      ? []
      : keys.flatMap(missing);
  }
  return type === 'kubernetes.io/service-account-token' &&
    !metadata.annotations?.[ACCOUNT_NAME]
    ? [required(`metadata.annotations[${ACCOUNT_NAME}]`)]
    : causes;
}

function immutable(object: KubeObject, old: KubeObject): StatusCause[] {
  if (!old.immutable) {
    return [];
  }
  const causes: StatusCause[] = [];
  if (!object.immutable) {
    causes.push(
      forbiddenField('immutable', 'field is immutable when `immutable` is set'),
    );
  }
  for (const field of ['data', 'binaryData']) {
    if (!semanticallyEqual(object[field], old[field])) {
      causes.push(
        forbiddenField(field, 'field is immutable when `immutable` is set'),
      );
    }
  }
  return causes;
}

export const configMap: Strategy = {
  validate: validateKeys,
  validateUpdate: immutable,
};

export const secret: Strategy = {
  selectable: selectable(['type']),
  setDefaults(object) {
    object.type ??= 'Opaque';
    if (object.stringData) {
      object.data = { ...object.data };
      for (const [key, value] of Object.entries(object.stringData)) {
        object.data[key] = Buffer.from(String(value), 'utf8').toString(
          'base64',
        );
      }
      delete object.stringData;
    }
  },
  validate: object => [...validateKeys(object), ...validateType(object)],
  validateUpdate: (object, old) => [
    ...(object.type === old.type
      ? []
      : [invalidValue('type', object.type, 'field is immutable')]),
    ...immutable(object, old),
  ],
};

export const serviceAccount: Strategy = { returnsDeleted: true };
