/** Waits until the question is answered with true; the bound is far beyond what any machine needs. */
export async function until(
  question: () => boolean | Promise<boolean>,
  options: { what: string; timeoutMs?: number },
): Promise<void> {
  const end = Date.now() + (options.timeoutMs ?? 30_000);
  while (!(await question())) {
    if (Date.now() > end) {
      throw new Error(`Waited in vain until ${options.what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
