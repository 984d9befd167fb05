// How a script begins and ends: it refuses a Node that is too old before it
// loads anything that needs a newer one, and turns a Failure into one sentence.

/** Something that went wrong for a reason the user can act on: shown as its message alone. */
export class Failure extends Error {
  /** @param {string} message one sentence: what is wrong and what to do */
  constructor(message, options) {
    super(message, options);
    this.name = 'Failure';
  }
}

const OLDEST_NODE = 20;

/**
 * Runs a command to its exit code.
 *
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    console.error(
      `Koala's scripts need Node ${OLDEST_NODE} or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org (the right one for Koala itself comes by itself).`,
    );
    process.exitCode = 1;
    return;
  }
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Failure) {
      console.error(`\n${error.message}`);
    } else if (error?.code === 'ENOSPC') {
      console.error(
        `\nThe disk is full (${
          error.path ?? error.message
        }): free some space and run the command again.`,
      );
    } else {
      console.error(error);
    }
  }
}
