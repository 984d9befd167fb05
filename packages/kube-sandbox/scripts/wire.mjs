/*
 * Cuts named entries out of a protobuf message without knowing the rest of its schema.
 */

function varint(bytes, at) {
  let value = 0n;
  for (let shift = 0n, next = at; ; shift += 7n, next++) {
    value |= BigInt(bytes[next] & 0x7f) << shift;
    if (bytes[next] < 0x80) {
      return { value: Number(value), end: next + 1 };
    }
  }
}

function encodeVarint(value) {
  const bytes = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 128) + 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** The fields of a message: number, the bytes with the tag, and the content of those that have a length. */
function* fieldsOf(bytes) {
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at);
    const wireType = tag.value % 8;
    let end;
    let content;
    if (wireType === 0) {
      end = varint(bytes, tag.end).end;
    } else if (wireType === 1 || wireType === 5) {
      end = tag.end + (wireType === 1 ? 8 : 4);
    } else if (wireType === 2) {
      const length = varint(bytes, tag.end);
      end = length.end + length.value;
      content = bytes.subarray(length.end, end);
    } else {
      throw new Error(`Unknown wire type ${wireType}`);
    }
    yield { number: tag.value >> 3, whole: bytes.subarray(at, end), content };
    at = end;
  }
}

const withLength = (number, content) =>
  Buffer.concat([
    encodeVarint(number * 8 + 2),
    encodeVarint(content.length),
    content,
  ]);

/** The message without the entries at a path of field numbers whose name (their field 1) is not wanted. */
export function filterEntries(bytes, [number, ...rest], isWanted) {
  const parts = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number !== number) {
      parts.push(field.whole);
    } else if (rest.length > 0) {
      parts.push(
        withLength(number, filterEntries(field.content, rest, isWanted)),
      );
    } else {
      const name = [...fieldsOf(field.content)].find(it => it.number === 1);
      if (isWanted(name.content.toString('utf8'))) {
        parts.push(field.whole);
      }
    }
  }
  return Buffer.concat(parts);
}
