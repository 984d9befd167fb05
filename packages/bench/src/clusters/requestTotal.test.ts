import { requestTotal } from './requestTotal';

const METRICS = `# HELP apiserver_request_total [STABLE] Counter of apiserver requests
# TYPE apiserver_request_total counter
apiserver_request_total{code="200",resource="pods",verb="LIST"} 26
apiserver_request_total{code="200",resource="a} b",verb="GET"} 1.5e+02
apiserver_request_total_other{code="200"} 1000
apiserver_request_terminations_total{code="200"} 1000
`;

describe('requestTotal', () => {
  it('adds up every verb and resource of that metric and nothing else', () => {
    expect(requestTotal(METRICS)).toBe(176);
  });

  it('reads samples without labels and with a time', () => {
    expect(requestTotal('apiserver_request_total 7 1700000000000\n')).toBe(7);
  });

  it('refuses metrics without the count', () => {
    expect(() => requestTotal('up 1\n')).toThrow(/no apiserver_request_total/);
  });
});
