import type { ExportReport } from './fileReport';

/** How much of the accuracy a quantized file may lose, in points. */
const MOST_POINTS = 2;

/**
 * @param cannot what the caller is doing, to begin an error with: "Cannot …"
 * @throws {Error} when the quantized file is right in more than 2 points less of the pictures than the model
 */
export function checkLoss(cannot: string, { pictures, accuracy, files }: ExportReport): void {
  const file = files.at(-1)!;
  if (accuracy === undefined || file.accuracy === undefined || files.length === 1) return;
  // In whole pictures: of shares the last bits differ.
  const [before, after] = [accuracy, file.accuracy].map((share) => Math.round(share * pictures));
  if (100 * (before! - after!) <= MOST_POINTS * pictures) return;
  const few = 100 / pictures > MOST_POINTS ? ', where so few pictures make more of one' : '';
  throw new Error(
    `${cannot}: as ${file.kind} it is right in ${after} of ${pictures} pictures, and the model in ${before}; at most ${MOST_POINTS} points may be lost${few}, unless that is accepted (acceptLoss, --accept-loss)`,
  );
}
