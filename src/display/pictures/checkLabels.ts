import { listed } from '../../errors/listed';
import { show } from '../../errors/show';

/**
 * Checks the true classes of pictures that shall be drawn.
 *
 * @param labels an index in `classNames` for each picture; undefined where they are not known
 * @param count how many pictures there are
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {RangeError} when they are not as many, or one stands for no class
 */
export function checkLabels(
  labels: readonly number[] | undefined,
  classNames: readonly string[],
  count: number,
  action: string,
): void {
  if (labels === undefined) return;
  if (labels.length !== count) {
    throw new RangeError(
      `${action}: each of the ${count} pictures needs one label, got ${labels.length} labels`,
    );
  }
  const wrong = labels.find((label) => !(label in classNames));
  if (wrong === undefined) return;
  throw new RangeError(
    `${action}: each label must be an index in ${listed(classNames)}, got ${show(wrong)}`,
  );
}
