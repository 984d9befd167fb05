// What the bootstrap tells: one line for each step, what it does and how long
// it usually takes, and a sign of life while it runs.

const isTerminal = Boolean(process.stdout.isTTY);
const LOG_INTERVAL_MS = 20_000;

/**
 * Announces a step, shows that it is alive, and says how long it took.
 *
 * @template T
 * @param {{ does: string, usually: string, detail?: () => string | undefined }} step
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function step({ does, usually, detail }, run) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`• ${does} (usually ${usually})`);
  const report = () => {
    const more = detail?.();
    const text = `  … ${seconds()} s${more ? `, ${more}` : ''}`;
    if (isTerminal) {
      process.stdout.write(`\r\x1b[K${text}`);
    } else {
      console.log(text);
    }
  };
  const timer = setInterval(report, isTerminal ? 1_000 : LOG_INTERVAL_MS);
  try {
    return await run();
  } finally {
    clearInterval(timer);
    if (isTerminal) {
      process.stdout.write('\r\x1b[K');
    }
    console.log(`  ${seconds()} s`);
  }
}
