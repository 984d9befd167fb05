/** The value of one field on the wire: a number, or the bytes of a string or message. */
export type WireValue = bigint | Buffer;

/** The bytes are no protobuf. */
export class WireError extends Error {}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Splits a protobuf message into its fields: number -> values in order. */
export function readWire(message: Buffer): Map<number, WireValue[]> {
  const fields = new Map<number, WireValue[]>();
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (offset >= message.length || shift > 63n) {
        throw new WireError('unexpected EOF');
      }
      const byte = message[offset++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asIntN(64, value);
      }
    }
  };
  const take = (length: number): Buffer => {
    if (length < 0 || offset + length > message.length) {
      throw new WireError('unexpected EOF');
    }
    offset += length;
    return message.subarray(offset - length, offset);
  };
  while (offset < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    let value: WireValue;
    switch (tag & 7) {
      case VARINT:
        value = varint();
        break;
      case FIXED64:
        value = take(8).readBigInt64LE();
        break;
      case BYTES:
        value = take(Number(varint()));
        break;
      case FIXED32:
        value = BigInt(take(4).readInt32LE());
        break;
      default:
        throw new WireError(`illegal wireType ${tag & 7}`);
    }
    const values = fields.get(number);
    if (values) {
      values.push(value);
    } else {
      fields.set(number, [value]);
    }
  }
  return fields;
}
