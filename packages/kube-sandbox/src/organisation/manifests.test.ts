import { groupRevisions, parseManifests } from './manifests';

describe('parseManifests', () => {
  it('takes every document and leaves out empty ones', () => {
    const text =
      '# nothing\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n';
    expect(parseManifests(text, 'f.yaml')).toEqual([
      {
        file: 'f.yaml',
        object: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'a' },
        },
      },
    ]);
  });

  it.each([
    ['a: [', /f.yaml is no YAML/],
    ['kind: Pod', /f.yaml has a document without apiVersion/],
  ])('refuses %s', (text, message) => {
    expect(() => parseManifests(text, 'f.yaml')).toThrow(message);
  });
});

describe('groupRevisions', () => {
  it('keeps the documents of one object together, in their order', () => {
    const text = ['a 1', 'b 1', 'a 2', 'a 3']
      .map(entry => entry.split(' '))
      .map(
        ([name, step]) =>
          `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: n}\ndata: {step: '${step}'}\n`,
      )
      .join('---\n');
    const groups = groupRevisions(parseManifests(text, 'f.yaml'));
    expect(
      groups.map(revisions =>
        revisions.map(({ object }) => {
          const { metadata, data } = object as typeof object & { data: object };
          return [metadata.name, Object.values(data)[0]].join(' ');
        }),
      ),
    ).toEqual([['a 1', 'a 2', 'a 3'], ['b 1']]);
  });

  it('tells objects of other kinds and namespaces apart', () => {
    const text = [
      '{kind: ConfigMap, namespace: n}',
      '{kind: Secret, namespace: n}',
      '{kind: ConfigMap, namespace: m}',
    ]
      .map(
        entry =>
          `apiVersion: v1\n${entry.replace(
            /^\{(.*), (.*)\}$/,
            '$1\nmetadata: {name: a, $2}',
          )}\n`,
      )
      .join('---\n');
    expect(groupRevisions(parseManifests(text, 'f.yaml'))).toHaveLength(3);
  });
});
