/** Lines of a text table: columns as wide as their widest cell, a rule under the head. */
export function renderTable(options: {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}): string {
  const { head, rows } = options;
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => (cells[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}
