import { decodeProtobuf } from './decodeProtobuf';

/** A Deployment as a real API server sends it (`Accept: application/vnd.kubernetes.protobuf`). */
const DEPLOYMENT =
  'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Eo8MCqsJCgRjYXJ0EgAaB2RlZmF1bHQiACokMzNiNzY4YjUtZmY2YS00OGUzLThlMTYtMzNjY2Q2ZGRiYWQzMgA4AUIICM6yhtgGEABaCwoDYXBwEgRjYXJ0igHTCAoBeBIGVXBkYXRlGgdhcHBzL3YxIggIzrKG2AYQADIIRmllbGRzVjE6pggKowh7ImY6bWV0YWRhdGEiOnsiZjpsYWJlbHMiOnsiLiI6e30sImY6YXBwIjp7fX19LCJmOnNwZWMiOnsiZjpwcm9ncmVzc0RlYWRsaW5lU2Vjb25kcyI6e30sImY6cmVwbGljYXMiOnt9LCJmOnJldmlzaW9uSGlzdG9yeUxpbWl0Ijp7fSwiZjpzZWxlY3RvciI6e30sImY6c3RyYXRlZ3kiOnsiZjpyb2xsaW5nVXBkYXRlIjp7Ii4iOnt9LCJmOm1heFN1cmdlIjp7fSwiZjptYXhVbmF2YWlsYWJsZSI6e319LCJmOnR5cGUiOnt9fSwiZjp0ZW1wbGF0ZSI6eyJmOm1ldGFkYXRhIjp7ImY6bGFiZWxzIjp7Ii4iOnt9LCJmOmFwcCI6e319fSwiZjpzcGVjIjp7ImY6Y29udGFpbmVycyI6eyJrOntcIm5hbWVcIjpcIm1haW5cIn0iOnsiLiI6e30sImY6aW1hZ2UiOnt9LCJmOmltYWdlUHVsbFBvbGljeSI6e30sImY6bmFtZSI6e30sImY6cG9ydHMiOnsiLiI6e30sIms6e1wiY29udGFpbmVyUG9ydFwiOjgwODAsXCJwcm90b2NvbFwiOlwiVENQXCJ9Ijp7Ii4iOnt9LCJmOmNvbnRhaW5lclBvcnQiOnt9LCJmOnByb3RvY29sIjp7fX19LCJmOnJlYWRpbmVzc1Byb2JlIjp7Ii4iOnt9LCJmOmZhaWx1cmVUaHJlc2hvbGQiOnt9LCJmOmh0dHBHZXQiOnsiLiI6e30sImY6cGF0aCI6e30sImY6cG9ydCI6e30sImY6c2NoZW1lIjp7fX0sImY6cGVyaW9kU2Vjb25kcyI6e30sImY6c3VjY2Vzc1RocmVzaG9sZCI6e30sImY6dGltZW91dFNlY29uZHMiOnt9fSwiZjpyZXNvdXJjZXMiOnsiLiI6e30sImY6bGltaXRzIjp7Ii4iOnt9LCJmOmNwdSI6e319fSwiZjp0ZXJtaW5hdGlvbk1lc3NhZ2VQYXRoIjp7fSwiZjp0ZXJtaW5hdGlvbk1lc3NhZ2VQb2xpY3kiOnt9fX0sImY6ZG5zUG9saWN5Ijp7fSwiZjpyZXN0YXJ0UG9saWN5Ijp7fSwiZjpzY2hlZHVsZXJOYW1lIjp7fSwiZjpzZWN1cml0eUNvbnRleHQiOnt9LCJmOnRlcm1pbmF0aW9uR3JhY2VQZXJpb2RTZWNvbmRzIjp7fSwiZjp2b2x1bWVzIjp7Ii4iOnt9LCJrOntcIm5hbWVcIjpcInZcIn0iOnsiLiI6e30sImY6bmFtZSI6e30sImY6c2VjcmV0Ijp7Ii4iOnt9LCJmOmRlZmF1bHRNb2RlIjp7fSwiZjpzZWNyZXROYW1lIjp7fX19fX19fX1CABLQAggAEg0KCwoDYXBwEgRjYXJ0GooCCh0KABIAGgAiACoAMgA4AEIAWgsKA2FwcBIEY2FydBLoAQoNCgF2EggyBgoBcxikAxKTAQoEbWFpbhIIY2FydDoxLjAqADIOCgAQABiQPyIDVENQKgBCDwoNCgNjcHUSBgoENTAwbVoqCh4SHAoGL3JlYWR5EgoIARAAGgRodHRwGgAiBEhUVFAQABgBIAooATADahQvZGV2L3Rlcm1pbmF0aW9uLWxvZ3IMSWZOb3RQcmVzZW50gAEAiAEAkAEAogEERmlsZRoGQWx3YXlzIB4yDENsdXN0ZXJGaXJzdEIASgBSAFgAYABoAHIAggEAigEAmgERZGVmYXVsdC1zY2hlZHVsZXLCAQAiJwoNUm9sbGluZ1VwZGF0ZRIWCgkIARAAGgMyNSUSCQgBEAAaAzI1JSgAMAo4AEjYBBoMCAAQABgAIAAoADgAGgAiAA==';

describe('decodeProtobuf', () => {
  it('reads what JSON would say', () => {
    const body = Buffer.from(DEPLOYMENT, 'base64');
    expect(decodeProtobuf(body)).toMatchObject({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'cart', labels: { app: 'cart' } },
      spec: {
        // A zero that somebody asked for.
        replicas: 0,
        selector: { matchLabels: { app: 'cart' } },
        strategy: {
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        template: {
          spec: {
            // In protobuf the source of a volume is a message of its own, in JSON it is not.
            volumes: [{ name: 'v', secret: { secretName: 's' } }],
            containers: [
              {
                name: 'main',
                image: 'cart:1.0',
                ports: [{ containerPort: 8080, protocol: 'TCP' }],
                resources: { limits: { cpu: '500m' } },
                readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
              },
            ],
          },
        },
      },
    });
  });

  it('leaves out zeros that nobody asked for', () => {
    const { spec } = decodeProtobuf(Buffer.from(DEPLOYMENT, 'base64')) as any;
    expect(spec).not.toHaveProperty('minReadySeconds');
    expect(spec).not.toHaveProperty('paused');
    expect(spec.template.spec).not.toHaveProperty('hostNetwork');
  });

  it('refuses what is no protobuf, or only the start of it', () => {
    expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow(
      'provided data does not appear to be a protobuf message',
    );
    const body = Buffer.from(DEPLOYMENT, 'base64');
    expect(() => decodeProtobuf(body.subarray(0, 200))).toThrow(
      'unexpected EOF',
    );
  });
});
