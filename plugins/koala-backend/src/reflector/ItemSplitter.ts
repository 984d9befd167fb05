import { ProtocolError } from '../transport/ApiError';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Cuts the answer to a LIST into its items while it arrives, so that each is parsed by itself: a page of 500
 * pods parsed at once would stop the process for as long as a viewer notices. Each byte is looked at once.
 */
export class ItemSplitter {
  readonly #maxItemBytes: number;
  /** The answer without its items. */
  readonly #envelope: Buffer[] = [];
  #item: Buffer[] = [];
  #itemBytes = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Text of the string at depth 1 that may turn out to be the key `items`. */
  #key = '';
  #afterItemsKey = false;
  #inItems = false;
  #seenItems = false;

  static create(options: { maxItemBytes: number }): ItemSplitter {
    return new ItemSplitter(options.maxItemBytes);
  }

  private constructor(maxItemBytes: number) {
    this.#maxItemBytes = maxItemBytes;
  }

  /**
   * The items that the chunk completes, as JSON text.
   *
   * @throws ProtocolError if an item is larger than allowed
   */
  *push(chunk: Buffer): Generator<Buffer> {
    // Where the bytes not yet handed to the envelope or to an item begin.
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#inString) {
        this.#stringByte(byte);
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          this.#key = '';
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          this.#depth += 1;
          if (
            this.#depth === 2 &&
            this.#afterItemsKey &&
            byte === OPEN_BRACKET
          ) {
            this.#inItems = true;
            this.#seenItems = true;
            this.#envelope.push(chunk.subarray(start, i + 1));
            start = i + 1;
          }
          this.#afterItemsKey = false;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.#depth -= 1;
          if (this.#inItems && this.#depth === 1) {
            const last = this.#endItem(chunk.subarray(start, i));
            if (last) {
              yield last;
            }
            this.#inItems = false;
            start = i;
          }
          break;
        case COMMA:
          if (this.#inItems && this.#depth === 2) {
            const item = this.#endItem(chunk.subarray(start, i));
            if (item) {
              yield item;
            }
            start = i + 1;
          }
          this.#afterItemsKey = false;
          break;
        case COLON:
          this.#afterItemsKey =
            this.#depth === 1 && !this.#seenItems && this.#key === 'items';
          break;
        default:
      }
    }
    this.#keep(chunk.subarray(start));
  }

  /**
   * The answer without its items.
   *
   * @throws ProtocolError if the answer is cut off or is not JSON
   */
  end(): unknown {
    try {
      return JSON.parse(Buffer.concat(this.#envelope).toString('utf8'));
    } catch {
      throw new ProtocolError('a list is cut off or is not JSON');
    }
  }

  #stringByte(byte: number): void {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (byte === BACKSLASH) {
      this.#escaped = true;
    } else if (byte === QUOTE) {
      this.#inString = false;
      return;
    }
    if (this.#depth === 1 && this.#key.length < 8) {
      this.#key += String.fromCharCode(byte);
    }
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) {
      return;
    }
    if (!this.#inItems) {
      this.#envelope.push(bytes);
      return;
    }
    this.#itemBytes += bytes.length;
    if (this.#itemBytes > this.#maxItemBytes) {
      throw new ProtocolError(
        `an object in a list is larger than ${this.#maxItemBytes} bytes`,
      );
    }
    this.#item.push(bytes);
  }

  #endItem(tail: Buffer): Buffer | undefined {
    this.#keep(tail);
    const item =
      this.#item.length === 1 ? this.#item[0] : Buffer.concat(this.#item);
    this.#item = [];
    this.#itemBytes = 0;
    return item.some(byte => byte > 0x20) ? item : undefined;
  }
}
