import { StringDecoder } from 'string_decoder';

/** The lines of a stream of bytes, empty ones left out; what follows the last newline is no line yet. */
export async function* readLines(
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line) {
        yield line;
      }
    }
  }
}
