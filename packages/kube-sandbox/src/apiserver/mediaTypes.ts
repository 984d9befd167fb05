import { notAcceptable } from '../status/errors';
import { StatusError } from '../status/StatusError';

/** The form of an answer that a client asked for. */
export interface AcceptedForm {
  format: 'json' | 'yaml';
  /** The whole object, its metadata only, or the rows that kubectl prints. */
  as:
    | 'Object'
    | 'PartialObjectMetadata'
    | 'PartialObjectMetadataList'
    | 'Table';
}

interface MediaRange {
  type: string;
  parameters: Record<string, string>;
}

/** Splits an Accept or Content-Type header into media types with parameters, best first. */
export function parseMediaTypes(header: string): MediaRange[] {
  return header
    .split(',')
    .map(part => {
      const [type, ...rest] = part.split(';').map(piece => piece.trim());
      const parameters = Object.fromEntries(
        rest.map(parameter => {
          const [key, value = ''] = parameter.split('=');
          return [key.trim().toLowerCase(), value.trim().replace(/"/g, '')];
        }),
      );
      return { type: type.toLowerCase(), parameters };
    })
    .filter(({ type }) => type !== '')
    .map((range, index) => ({
      range,
      index,
      q: Number(range.parameters.q ?? 1),
    }))
    .sort((a, b) => b.q - a.q || a.index - b.index)
    .map(({ range }) => range);
}

const FORMATS: Record<string, AcceptedForm['format']> = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'application/yaml': 'yaml',
};
const FORMS = ['PartialObjectMetadata', 'PartialObjectMetadataList', 'Table'];
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/**
 * Chooses the form of the answer from an Accept header; a 406 where none is offered. Protobuf is not offered:
 * who asks for nothing else gets JSON.
 */
export function acceptedForm(accept: string | undefined): AcceptedForm {
  const ranges = parseMediaTypes(accept ?? '');
  let refusal: StatusError | undefined;
  for (const { type, parameters } of ranges) {
    const format = FORMATS[type];
    if (!format) {
      continue;
    }
    if (parameters.as === undefined) {
      return { format, as: 'Object' };
    }
    if (
      FORMS.includes(parameters.as) &&
      parameters.g === 'meta.k8s.io' &&
      ['v1', 'v1beta1'].includes(parameters.v)
    ) {
      return { format, as: parameters.as as AcceptedForm['as'] };
    }
    refusal = notAcceptable(
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  }
  if (ranges.length === 0 || ranges.some(({ type }) => type === PROTOBUF)) {
    return { format: 'json', as: 'Object' };
  }
  throw (
    refusal ??
    notAcceptable(
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
      {},
    )
  );
}
