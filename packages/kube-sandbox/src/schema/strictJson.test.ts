import { strictProblems } from './strictJson';

const problems = (text: string) => strictProblems(text, '@core.v1.Pod');

describe('strictProblems', () => {
  it('finds nothing wrong with what the type has', () => {
    expect(
      problems(
        '{"metadata":{"name":"a","labels":{"b":"1"}},"spec":{"containers":[{"name":"x","ports":[{"containerPort":80}]}, {}]}}',
      ),
    ).toEqual([]);
  });

  it('names unknown and repeated fields in the order of the text', () => {
    expect(
      problems(
        '{"b":{"c":1,"c":2}, "kind":"Pod", "spec":{"x":[1,[2]],"containers":[{},{"name":"a","name":"b","Image":"c"}]},"kind":"Pod","a":null}',
      ),
    ).toEqual([
      'unknown field "b"',
      'unknown field "spec.x"',
      'duplicate field "spec.containers[1].name"',
      'unknown field "spec.containers[1].Image"',
      'duplicate field "kind"',
      'unknown field "a"',
    ]);
  });

  it('looks into maps, but not into what may have any shape', () => {
    expect(
      problems(
        '{"metadata":{"annotations":{"a\\"b":"1","a\\"b":"2","a\\"b":"3"},"managedFields":[{"fieldsV1":{"f:a":{},"f:a":{}}}]}}',
      ),
    ).toEqual(['duplicate field "metadata.annotations.a\\"b"']);
  });

  it('takes what is a list where the type has none, and the reverse', () => {
    expect(problems('{"spec":[{"x":1}],"metadata":"a"}')).toEqual([]);
    expect(problems('[]')).toEqual([]);
  });

  it('stops after a hundred', () => {
    const fields = Array.from({ length: 120 }, (_, index) => `"x${index}":1`);
    expect(problems(`{${fields.join()}}`)).toHaveLength(100);
  });

  it('reads patches, in whose values a key may be but once', () => {
    expect(
      strictProblems('{"a":{"b":1,"b":2},"a":[{"c":1,"c":1}]}', 'untyped'),
    ).toEqual([
      'duplicate field "a.b"',
      'duplicate field "a"',
      'duplicate field "a[0].c"',
    ]);
    expect(
      strictProblems(
        '[{"op":"add","value":{"k":1,"k":2},"color":"red"}]',
        '[]patchOperation',
      ),
    ).toEqual(['duplicate field "[0].value.k"', 'unknown field "[0].color"']);
  });
});
