import { compareTranscripts } from './compareTranscripts';

const entry = (asked: string, seen: unknown) => ({ asked, seen });

describe('compareTranscripts', () => {
  it('finds nothing in equal ones', () => {
    const transcript = [entry('GET /a', { status: 200, body: { a: [1, 2] } })];
    expect(compareTranscripts(transcript, structuredClone(transcript))).toEqual(
      [],
    );
  });

  it('names the place of each value that differs or is missing on one side', () => {
    expect(
      compareTranscripts(
        [entry('GET /a', { status: 200, body: { x: { a: [1, 2], b: 1 } } })],
        [entry('GET /a', { status: 201, body: { x: { a: [1, 3], c: 1 } } })],
      ),
    ).toEqual([
      { asked: 'GET /a', path: 'status', sandbox: 200, real: 201 },
      { asked: 'GET /a', path: 'body.x.a[1]', sandbox: 2, real: 3 },
      { asked: 'GET /a', path: 'body.x.b', sandbox: 1, real: undefined },
      { asked: 'GET /a', path: 'body.x.c', sandbox: undefined, real: 1 },
    ]);
  });

  it('takes lists of different lengths as a whole', () => {
    expect(
      compareTranscripts([entry('GET /a', [1])], [entry('GET /a', [1, 2])]),
    ).toEqual([{ asked: 'GET /a', path: '', sandbox: [1], real: [1, 2] }]);
  });

  it('stops where the two no longer ask the same', () => {
    expect(
      compareTranscripts(
        [entry('GET /a', 1), entry('GET /b', 1)],
        [entry('GET /a', 2), entry('GET /c', 1), entry('GET /d', 1)],
      ),
    ).toEqual([
      { asked: 'GET /a', path: '', sandbox: 1, real: 2 },
      { asked: 'request 2', path: '', sandbox: 'GET /b', real: 'GET /c' },
    ]);
  });
});
