import { InvalidArgumentError } from 'commander';

/** A parser for an option that is a whole number. */
export const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Expected an integer from ${least} to ${most}.`);
};

/** Parses a port; 0 means any free port. */
export const parsePort = whole(0, 65_535);

/** Parses an option that is a share from 0 to 1. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}
