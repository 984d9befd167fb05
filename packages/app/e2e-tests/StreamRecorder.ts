import { Matrix, MatrixChange } from '@koala-ops/backstage-plugin-koala-common';

export interface RecordedEvent {
  type: string;
  at: number;
  data: Matrix | MatrixChange;
}

/** Reads the API and records its stream, as a client of its own beside the browser. */
export class StreamRecorder {
  /** Opens the stream; the snapshot it begins with is not among the events. */
  static async open(url: string, token: string): Promise<StreamRecorder> {
    const recorder = new StreamRecorder(url, token);
    const answer = await recorder.#get('stream');
    await new Promise<void>((resolve, reject) => {
      recorder.#read(answer.body!, resolve).catch(reject);
    });
    return recorder;
  }

  readonly events: RecordedEvent[] = [];
  readonly #controller = new AbortController();

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async matrix(): Promise<Matrix> {
    const answer = await this.#get('matrix');
    return (await answer.json()) as Matrix;
  }

  async close(): Promise<void> {
    this.#controller.abort();
  }

  async #get(path: string): Promise<Response> {
    const answer = await fetch(`${this.url}/api/koala/${path}`, {
      headers: { authorization: `Bearer ${this.token}` },
      signal: this.#controller.signal,
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  }

  async #read(
    body: ReadableStream<Uint8Array>,
    onSnapshot: () => void,
  ): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split(
          '\n\n',
        );
        rest = blocks.pop()!;
        for (const block of blocks) this.#take(block, onSnapshot);
      }
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
    }
  }

  #take(block: string, onSnapshot: () => void): void {
    const [, type] = /^event: (.+)$/m.exec(block) ?? [];
    const [, data] = /^data: (.+)$/m.exec(block) ?? [];
    if (!type || !data) return;
    if (type === 'snapshot') onSnapshot();
    else this.events.push({ type, at: Date.now(), data: JSON.parse(data) });
  }
}
