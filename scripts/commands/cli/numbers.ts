import { InvalidArgumentError } from 'commander';

/** For an option that is a whole number. */
export const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Expected an integer from ${least} to ${most}.`);
};

/** 0: any that is free. */
export const parsePort = whole(0, 65_535);

/** For an option that is a share of the whole. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}
