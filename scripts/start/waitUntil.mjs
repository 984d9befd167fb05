/**
 * Asks again and again until the answer is yes.
 *
 * @param {() => Promise<boolean>} condition ends the wait by throwing
 * @param {{ everyMs?: number }} [options]
 */
export async function waitUntil(condition, { everyMs = 200 } = {}) {
  while (!(await condition())) {
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}
