/** Ends this process with the one that started it, however that ends: its standard input closes then. */
export function endWithParent(): void {
  process.stdin.once('close', () => process.exit(0));
  process.stdin.resume();
}
