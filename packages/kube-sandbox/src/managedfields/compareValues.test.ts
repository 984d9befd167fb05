import { compareValues } from './compareValues';
import { fieldsOfValue } from './fieldsOfValue';
import { topologyOfDefinition } from './Topology';

const service = topologyOfDefinition('core.v1.Service');
const pod = topologyOfDefinition('core.v1.Pod');

describe('compareValues', () => {
  it('says nothing of the same', () => {
    const a = { spec: { ports: [{ port: 80 }] }, metadata: { labels: {} } };
    expect(compareValues(service, a, structuredClone(a))).toBeUndefined();
  });

  it('looks into structs and maps, and names what is new with all in it', () => {
    expect(
      compareValues(
        service,
        { metadata: { name: 'a' } },
        { metadata: { name: 'b', labels: { l: '1' } } },
      ),
    ).toEqual({
      modified: { 'f:metadata': { 'f:name': {} } },
      added: { 'f:metadata': { 'f:labels': { '.': {}, 'f:l': {} } } },
    });
  });

  it('tells items by their keys, with defaults, wherever they stand', () => {
    expect(
      compareValues(
        service,
        { spec: { ports: [{ port: 80 }, { port: 81, name: 'x' }] } },
        {
          spec: {
            ports: [
              { port: 81, name: 'y' },
              { port: 53, protocol: 'UDP' },
            ],
          },
        },
      ),
    ).toEqual({
      modified: {
        'f:spec': {
          'f:ports': { 'k:{"port":81,"protocol":"TCP"}': { 'f:name': {} } },
        },
      },
      added: {
        'f:spec': {
          'f:ports': {
            'k:{"port":53,"protocol":"UDP"}': {
              '.': {},
              'f:port': {},
              'f:protocol': {},
            },
          },
        },
      },
      removed: {
        'f:spec': {
          'f:ports': {
            'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} },
          },
        },
      },
    });
  });

  it('takes atomic lists, maps and structs as one field', () => {
    expect(
      compareValues(
        pod,
        { spec: { nodeSelector: { a: 'b' }, tolerations: [{ key: 'a' }] } },
        { spec: { nodeSelector: { a: 'c' }, tolerations: [{ key: 'b' }] } },
      ),
    ).toEqual({
      modified: { 'f:spec': { 'f:nodeSelector': {}, 'f:tolerations': {} } },
    });
  });

  it('takes items of one key as one field as long as there are several', () => {
    const env = (...values: string[]) => ({
      spec: {
        containers: [
          { name: 'c', env: values.map(value => ({ name: 'A', value })) },
        ],
      },
    });
    const item = (node: object) => ({
      'f:spec': {
        'f:containers': {
          'k:{"name":"c"}': { 'f:env': { 'k:{"name":"A"}': node } },
        },
      },
    });
    expect(compareValues(pod, env('1', '2'), env('1', '3'))).toEqual({
      modified: item({}),
    });
    expect(compareValues(pod, env('1'), env('1', '2'))).toEqual({
      removed: item({ '.': {}, 'f:name': {}, 'f:value': {} }),
      added: item({}),
    });
    expect(compareValues(pod, env('1', '2'), env('1'))).toEqual({
      removed: item({}),
      added: item({ '.': {}, 'f:name': {}, 'f:value': {} }),
    });
  });

  it('keeps null and empty apart from what is not there', () => {
    expect(
      compareValues(pod, { spec: {} }, { spec: { securityContext: {} } }),
    ).toEqual({ added: { 'f:spec': { 'f:securityContext': {} } } });
    expect(
      compareValues(pod, { spec: { containers: null } }, { spec: {} }),
    ).toEqual({ removed: { 'f:spec': { 'f:containers': {} } } });
  });
});

describe('fieldsOfValue', () => {
  it('names every field and item, structs only by what is in them', () => {
    expect(
      fieldsOfValue(service, {
        metadata: { labels: {}, finalizers: ['b', 'a'], annotations: null },
        spec: { ports: [{ port: 80 }], selector: { a: 'b' }, externalIPs: [] },
      }),
    ).toEqual({
      'f:metadata': {
        'f:annotations': {},
        'f:finalizers': { 'v:"a"': {}, 'v:"b"': {} },
        'f:labels': {},
      },
      'f:spec': {
        'f:externalIPs': {},
        'f:ports': {
          'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} },
        },
        'f:selector': {},
      },
    });
  });
});
