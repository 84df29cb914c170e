/** The normal distribution holds 95 % of its values within ± so many standard deviations. */
const Z = 1.959963984540054;

/**
 * In what range the true share lies, when so many of so many trials succeeded: the 95 % interval of Wilson, which holds
 * for few trials too, and for none or all of them succeeding, where the usual ± formula gives a width of nothing.
 *
 * It takes the trials to be independent. Pictures of one face are not: then the truth is less certain than this says.
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927); recommended
 * for small numbers by Brown, Cai and DasGupta, Interval estimation for a binomial proportion, Statistical Science 16
 * (2001).
 *
 * @param successes a whole number from 0 to `trials`
 * @param trials a whole number from 1
 * @returns lower and upper end, in 0–1
 * @throws {RangeError} when a number is none of these
 * @example
 * wilsonInterval(32, 32); // [0.893, 1]: even 32 of 32 may come from something that is right in 9 of 10 cases
 */
export function wilsonInterval(successes: number, trials: number): [low: number, high: number] {
  const isWhole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!isWhole || trials < 1 || successes < 0 || successes > trials) {
    throw new RangeError(
      `Cannot compute an interval: whole numbers are required, successes from 0 to the trials and trials from 1, got ${successes} of ${trials}`,
    );
  }
  const share = successes / trials;
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  const centre = share + Z ** 2 / (2 * trials);
  const whole = 1 + Z ** 2 / trials;
  // The ends are exact where rounding would miss them by a hair.
  return [
    successes === 0 ? 0 : (centre - spread) / whole,
    successes === trials ? 1 : (centre + spread) / whole,
  ];
}
