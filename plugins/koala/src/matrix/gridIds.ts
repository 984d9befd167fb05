/** Id of a cell inside its grid; ids may hold no blanks. */
export function cellId(grid: string, row: string, column: number): string {
  return `${grid}-${row.replace(/\s/g, '_')}-${column}`;
}
