/**
 * Does something `count` times in parallel batches of 1, 2, 4 …, and stops after a batch with an error:
 * what fails once fails mostly every time (a quota, a bad template).
 */
export async function inSlowStartBatches(
  count: number,
  action: () => Promise<void>,
): Promise<{ done: number; error?: unknown }> {
  let done = 0;
  for (
    let batch = Math.min(1, count);
    batch > 0;
    batch = Math.min(batch * 2, count - done)
  ) {
    const results = await Promise.allSettled(
      Array.from({ length: batch }, action),
    );
    const failed = results.filter(({ status }) => status === 'rejected');
    done += batch - failed.length;
    if (failed.length > 0) {
      return { done, error: (failed[0] as PromiseRejectedResult).reason };
    }
  }
  return { done };
}
