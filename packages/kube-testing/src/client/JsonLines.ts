import { StringDecoder } from 'node:string_decoder';

/**
 * Cuts a byte stream into the JSON documents of a watch, one per line, wherever the chunks end:
 * inside a line, inside a character, or after several lines.
 */
export class JsonLines<T> {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** The documents that `chunk` completes. Throws an error with the line when one is not JSON. */
  push(chunk: Uint8Array): T[] {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(chunk))).split(
      '\n',
    );
    this.#rest = lines.pop()!;
    return lines.filter(line => line.trim() !== '').map(line => parse<T>(line));
  }

  /** The last document, where the stream ended without a line feed. */
  end(): T[] {
    const line = this.#rest + this.#decoder.end();
    this.#rest = '';
    return line.trim() === '' ? [] : [parse<T>(line)];
  }
}

function parse<T>(line: string): T {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`Not a JSON line: ${line.slice(0, 200)}`);
  }
}
