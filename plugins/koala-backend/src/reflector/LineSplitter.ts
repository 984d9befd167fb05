import { ProtocolError } from '../transport/ApiError';

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines. Works on bytes, so that a character cut in two by a chunk, or one that
 * JavaScript takes for a line end (U+2028), does no harm; each byte is looked at once.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #held = 0;

  static create(options: { maxBytes: number }): LineSplitter {
    return new LineSplitter(options.maxBytes);
  }

  private constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of a line that has not ended. */
  get held(): number {
    return this.#held;
  }

  /**
   * The lines that the chunk completes, without their ends; empty ones are left out.
   *
   * @throws ProtocolError if a line is longer than allowed
   */
  *push(chunk: Buffer): Generator<Buffer> {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end === -1) {
        break;
      }
      const tail = chunk.subarray(start, end);
      this.#check(tail.length);
      const line =
        this.#parts.length === 0 ? tail : Buffer.concat([...this.#parts, tail]);
      this.#parts = [];
      this.#held = 0;
      start = end + 1;
      if (line.length > 0) {
        yield line;
      }
    }
    if (start < chunk.length) {
      const rest = chunk.subarray(start);
      this.#check(rest.length);
      this.#parts.push(rest);
      this.#held += rest.length;
    }
  }

  #check(more: number): void {
    if (this.#held + more > this.#maxBytes) {
      throw new ProtocolError(
        `a watch event is larger than ${this.#maxBytes} bytes`,
      );
    }
  }
}
