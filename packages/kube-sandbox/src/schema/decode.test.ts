import { decode } from './decode';

describe('decode', () => {
  it('drops nulls, empty lists and maps, and names unknown fields', () => {
    const { value, unknownFields } = decode('apps.v1.Deployment', {
      metadata: { name: 'cart', labels: {}, foo: 1 },
      spec: {
        replicas: null,
        template: {
          spec: { containers: [{ name: 'c', bar: 1 }], volumes: [] },
        },
      },
    });
    expect(value).toEqual({
      metadata: { name: 'cart' },
      spec: { template: { spec: { containers: [{ name: 'c' }] } } },
    });
    expect(unknownFields).toEqual([
      'metadata.foo',
      'spec.template.spec.containers[0].bar',
    ]);
  });

  it.each([
    [
      'apps.v1.Deployment',
      { spec: { replicas: 'x' } },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      'apps.v1.Deployment',
      { spec: { template: { spec: { containers: {} } } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [
      'core.v1.ConfigMap',
      { data: { a: 5 } },
      'json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
    [
      'core.v1.Secret',
      { data: { a: '!!' } },
      'illegal base64 data at input byte 0',
    ],
    [
      'core.v1.Pod',
      { metadata: { creationTimestamp: 'yesterday' } },
      'parsing time "yesterday"',
    ],
  ])('%s refuses %j', (definition, data, message) => {
    expect(() => decode(definition, data)).toThrow(message);
  });

  it('keeps `__proto__` as plain data', () => {
    const { value } = decode(
      'core.v1.ConfigMap',
      JSON.parse('{"data":{"__proto__":"x"}}'),
    );
    expect(Object.keys(value.data)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value.data)).toBe(Object.prototype);
  });

  it('writes quantities in their canonical form', () => {
    const { value } = decode('core.v1.ResourceRequirements', {
      limits: { cpu: 0.5, memory: '1Gi' },
      requests: { cpu: 2, memory: '1000m' },
    });
    expect(value).toEqual({
      limits: { cpu: '500m', memory: '1Gi' },
      requests: { cpu: '2', memory: '1' },
    });
  });

  it('sends the times that a condition does not have as null', () => {
    const { value } = decode('core.v1.PodCondition', {
      type: 'Ready',
      status: 'True',
    });
    expect(value).toMatchObject({
      lastProbeTime: null,
      lastTransitionTime: null,
    });
  });
});
