import { Fields } from '../../objects/KubeObject';
import { invalidValue, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';

const NAME_DETAIL =
  "a valid environment variable name must consist only of printable ASCII characters other than '='";
const SOURCES = [
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'fileKeyRef',
];
/** Fields of a pod that its containers may be told. */
const POD_FIELD =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['.+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;

function validateSource(source: Fields, path: string): StatusCause[] {
  return [
    ...(source.fieldRef && !POD_FIELD.test(source.fieldRef.fieldPath)
      ? [
          source.fieldRef.fieldPath
            ? invalidValue(
                `${path}.fieldRef.fieldPath`,
                source.fieldRef.fieldPath,
                `error converting fieldPath: field label not supported: ${source.fieldRef.fieldPath}`,
              )
            : required(`${path}.fieldRef.fieldPath`),
        ]
      : []),
    ...['configMapKeyRef', 'secretKeyRef'].flatMap(kind =>
      source[kind]
        ? ['name', 'key']
            .filter(field => !source[kind][field])
            .map(field => required(`${path}.${kind}.${field}`))
        : [],
    ),
  ];
}

function validateVariable(variable: Fields, at: string): StatusCause[] {
  const { name, value, valueFrom } = variable;
  const causes: StatusCause[] = [];
  if (!name) {
    causes.push(required(`${at}.name`));
  } else if (!/^[ -<>-~]+$/.test(name)) {
    causes.push(invalidValue(`${at}.name`, name, NAME_DETAIL));
  }
  if (!valueFrom) {
    return causes;
  }
  const path = `${at}.valueFrom`;
  const given = SOURCES.filter(source => valueFrom[source]);
  causes.push(...validateSource(valueFrom, path));
  if (given.length === 0) {
    causes.push(
      invalidValue(
        path,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    );
  } else if (value) {
    causes.push(
      invalidValue(path, '', 'may not be specified when `value` is not empty'),
    );
  } else if (given.length > 1) {
    causes.push(
      invalidValue(
        path,
        '',
        'may not have more than one field specified at a time',
      ),
    );
  }
  return causes;
}

/** What is wrong with the environment of a container. */
export function validateEnvironment(
  { env = [], envFrom = [] }: { env?: Fields[]; envFrom?: Fields[] },
  path: string,
): StatusCause[] {
  return [
    ...env.flatMap((variable, index) =>
      validateVariable(variable, `${path}.env[${index}]`),
    ),
    ...envFrom.flatMap((source, index) => {
      const given = ['configMapRef', 'secretRef'].filter(kind => source[kind]);
      if (given.length !== 1) {
        // The real server does not say which one.
        return [
          invalidValue(
            `${path}.envFrom`,
            '',
            given.length === 0
              ? 'must specify one of: `configMapRef` or `secretRef`'
              : 'may not have more than one field specified at a time',
          ),
        ];
      }
      return source[given[0]].name
        ? []
        : [required(`${path}.envFrom[${index}].${given[0]}.name`)];
    }),
  ];
}
