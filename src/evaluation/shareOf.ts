/** A part of a whole, in 0–1; 0 of nothing is 0, as in Keras (`divide_no_nan`) and scikit-learn (`zero_division`). */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
