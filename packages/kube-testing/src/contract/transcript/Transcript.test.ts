import { Transcript } from './Transcript';

const response = (body: object, headers: Record<string, string> = {}) => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
  body,
});

describe('Transcript', () => {
  it('keeps the order in which was asked, whatever is answered first', () => {
    const transcript = new Transcript();
    const first = transcript.onRequest('/a', { query: { dryRun: 'All' } });
    const second = transcript.onRequest('/b', { method: 'DELETE' });
    second?.(response({ b: 1 }, { warning: '299 - "old"', date: 'today' }));
    first?.(response({ a: 1 }));
    expect(transcript.entries).toEqual([
      {
        asked: 'GET /a?dryRun=All',
        seen: {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: { a: 1 },
        },
      },
      {
        asked: 'DELETE /b',
        seen: {
          status: 200,
          headers: {
            'content-type': 'application/json',
            warning: '299 - "old"',
          },
          body: { b: 1 },
        },
      },
    ]);
  });

  it('keeps what was said, not what a case made of it', () => {
    const transcript = new Transcript();
    const answer = response({ a: 1 });
    transcript.onRequest('/a', {})?.(answer);
    (answer.body as any).a = 2;
    expect(transcript.entries[0].seen).toMatchObject({ body: { a: 1 } });
  });

  it('leaves out what is asked again and again', async () => {
    const transcript = new Transcript();
    await transcript.quietly(async () => {
      expect(transcript.onRequest('/a', {})).toBeUndefined();
    });
    expect(transcript.entries).toEqual([]);
  });

  it('keeps the frames of a watch that were taken, and notes', () => {
    const transcript = new Transcript();
    const onTaken = transcript.onWatch('/a', { query: { limit: 1 } });
    onTaken({ type: 'ADDED', object: { a: 1 } });
    transcript.note('kubectl get', 'NAME');
    expect(transcript.entries).toEqual([
      {
        asked: 'WATCH /a?limit=1',
        seen: [{ type: 'ADDED', object: { a: 1 } }],
      },
      { asked: 'note: kubectl get', seen: 'NAME' },
    ]);
  });
});
