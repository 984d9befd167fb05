import { semanticallyEqual } from '../../objects/equal';
import { KubeObject } from '../../objects/KubeObject';
import { selectable } from '../../selectors/fieldSelector';
import { forbiddenField, invalidValue } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';

function validateKeys(object: KubeObject): StatusCause[] {
  return ['data', 'binaryData'].flatMap(field =>
    Object.keys(object[field] ?? {})
      .filter(key => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
      .map(key =>
        invalidValue(
          `${field}[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ),
      ),
  );
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
  validate: validateKeys,
  validateUpdate: (object, old) => [
    ...(object.type === old.type
      ? []
      : [invalidValue('type', object.type, 'field is immutable')]),
    ...immutable(object, old),
  ],
};

export const serviceAccount: Strategy = { returnsDeleted: true };
