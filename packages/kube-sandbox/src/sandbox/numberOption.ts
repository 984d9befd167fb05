import { InvalidArgumentError } from 'commander';

/** Reads a number of the command line, and says which ones make sense. */
export function numberOption(options: {
  least: number;
  most: number;
  whole: boolean;
}) {
  return (text: string): number => {
    const value = Number(text);
    if (
      text.trim() === '' ||
      !(value >= options.least && value <= options.most) ||
      (options.whole && !Number.isInteger(value))
    ) {
      throw new InvalidArgumentError(
        `It has to be a number from ${options.least} to ${options.most}.`,
      );
    }
    return value;
  };
}
