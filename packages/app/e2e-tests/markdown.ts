/** The rows of the first table under a heading of a Markdown text, by the names of its columns. */
export function readTable(
  markdown: string,
  heading: string,
): Record<string, string>[] {
  const section = sectionOf(markdown, heading);
  const lines = section.split('\n').filter(line => line.startsWith('|'));
  const [head, , ...body] = lines.map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
  if (!head || body.length === 0) {
    throw new Error(`There is no table under "${heading}".`);
  }
  return body.map(cells =>
    Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])),
  );
}

/** The commands of every fenced block of a Markdown text whose info string is this one. */
export function readBlocks(markdown: string, info: string): string[] {
  return markdown
    .split(/^```/m)
    .filter((_, index) => index % 2 === 1)
    .filter(block => block.split('\n')[0].trim() === info)
    .map(block => block.slice(block.indexOf('\n') + 1).trimEnd());
}

/** What stands under a heading, up to the next one of its level or above. */
export function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex(
    line => line.replace(/^#+\s+/, '') === heading && line.startsWith('#'),
  );
  if (start < 0) {
    throw new Error(`There is no heading "${heading}".`);
  }
  const [marks] = /^#+/.exec(lines[start])!;
  const isNext = (line: string) => {
    const match = /^(#+)\s/.exec(line);
    return match !== null && match[1].length <= marks.length;
  };
  let end = start + 1;
  let fenced = false;
  for (; end < lines.length; end += 1) {
    if (lines[end].startsWith('```')) fenced = !fenced;
    if (!fenced && isNext(lines[end])) break;
  }
  return lines.slice(start + 1, end).join('\n');
}
