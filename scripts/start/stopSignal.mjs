const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Turns Ctrl-C, and whatever else asks a program to end, into a promise. A
 * second one changes nothing: what was started is being ended already.
 *
 * @returns {{ requested: Promise<void>, isRequested: () => boolean }}
 */
export function stopSignal() {
  let isRequested = false;
  const requested = new Promise(resolve => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        isRequested = true;
        resolve();
      });
    }
  });
  return { requested, isRequested: () => isRequested };
}
