import { semanticallyEqual } from '../objects/equal';
import { KubeObject } from '../objects/KubeObject';
import {
  dns1035Problems,
  dnsLabelProblems,
  labelValueProblems,
  qualifiedNameProblems,
  subdomainProblems,
} from '../selectors/labelSyntax';
import { pathSegmentProblems } from '../selectors/pathSegment';
import { ResourceType } from '../registry/Registry';
import { forbiddenField, invalidValue, required } from '../status/fieldErrors';
import { StatusCause } from '../status/StatusError';

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const ANNOTATIONS_LIMIT = 256 * 1024;

const nameProblems = {
  subdomain: subdomainProblems,
  label: dnsLabelProblems,
  dns1035: dns1035Problems,
  path: pathSegmentProblems,
};

function validateLabels({ metadata }: KubeObject): StatusCause[] {
  return Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameProblems(key).map(problem =>
      invalidValue(
        'metadata.labels',
        key,
        problem.replace(/^a qualified name/, 'a valid label key'),
      ),
    ),
    ...labelValueProblems(value).map(problem =>
      invalidValue('metadata.labels', value, problem),
    ),
  ]);
}

function validateAnnotations({ metadata }: KubeObject): StatusCause[] {
  const annotations = Object.entries(metadata.annotations ?? {});
  const size = annotations.reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  return [
    ...annotations.flatMap(([key]) =>
      qualifiedNameProblems(key.toLowerCase()).map(problem =>
        invalidValue('metadata.annotations', key, problem),
      ),
    ),
    ...(size > ANNOTATIONS_LIMIT
      ? [
          {
            reason: 'FieldValueTooLong',
            message: `Too long: may not be more than ${ANNOTATIONS_LIMIT} bytes`,
            field: 'metadata.annotations',
          },
        ]
      : []),
  ];
}

function validateOwners({ metadata }: KubeObject): StatusCause[] {
  return (metadata.ownerReferences ?? []).flatMap(owner =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter(field => !owner[field])
      .map(field =>
        invalidValue(
          `metadata.ownerReferences.${field}`,
          owner[field] ?? '',
          field === 'apiVersion'
            ? 'version must not be empty'
            : 'must not be empty',
        ),
      ),
  );
}

/** The syntax of all comes first, and does not say which one it is about. */
function validateFinalizers({ metadata }: KubeObject): StatusCause[] {
  const finalizers = metadata.finalizers ?? [];
  return [
    ...finalizers.flatMap(finalizer =>
      qualifiedNameProblems(finalizer).map(problem =>
        invalidValue('metadata.finalizers', finalizer, problem),
      ),
    ),
    ...finalizers.flatMap((finalizer, index) =>
      finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)
        ? []
        : [
            invalidValue(
              `metadata.finalizers[${index}]`,
              finalizer,
              'name is neither a standard finalizer name nor is it fully qualified',
            ),
          ],
    ),
  ];
}

function validateController({ metadata }: KubeObject): StatusCause[] {
  const owners = metadata.ownerReferences ?? [];
  const [first, second] = owners.filter(({ controller }) => controller);
  return second
    ? [
        invalidValue(
          'metadata.ownerReferences',
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`,
        ),
      ]
    : [];
}

/** What is wrong with an object's metadata, apart from its history. */
export function validateMetadata(
  type: ResourceType,
  object: KubeObject,
): StatusCause[] {
  const { name, generateName } = object.metadata;
  const rules = nameProblems[type.strategy.name ?? 'subdomain'];
  // What comes after the prefix may end with anything, so the dash at its end is no fault.
  const causes = generateName
    ? rules(generateName.replace(/-$/, 'a')).map(problem =>
        invalidValue('metadata.generateName', generateName, problem),
      )
    : [];
  causes.push(
    ...(name
      ? rules(name).map(problem => invalidValue('metadata.name', name, problem))
      : [required('metadata.name', 'name or generateName is required')]),
  );
  return [
    ...causes,
    ...validateLabels(object),
    ...validateAnnotations(object),
    ...validateOwners(object),
    ...validateController(object),
    ...validateFinalizers(object),
  ];
}

/** What may not change in an object's metadata. */
export function validateMetadataUpdate(
  object: KubeObject,
  old: KubeObject,
): StatusCause[] {
  if (!old.metadata.deletionTimestamp) {
    return [];
  }
  const added = (object.metadata.finalizers ?? []).filter(
    finalizer => !(old.metadata.finalizers ?? []).includes(finalizer),
  );
  return semanticallyEqual(added, [])
    ? []
    : [
        forbiddenField(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
            .map(finalizer => JSON.stringify(finalizer))
            .join(', ')}}`,
        ),
      ];
}
