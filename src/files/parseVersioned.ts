import type { z } from 'zod';

/**
 * Refuses what a newer Smile Lab has written, whose meaning is not known here.
 *
 * @param cannot what the caller is doing, to begin an error with: "Cannot …"
 * @param version the number that stands in the file, if one does
 * @param known the highest that this Smile Lab knows
 * @throws {Error} when it is higher
 */
export function refuseNewer(cannot: string, version: unknown, known: number): void {
  if (typeof version !== 'number' || version <= known) return;
  throw new Error(
    `${cannot}: a newer Smile Lab has written it, in version ${version} of the format, and this one knows ${known}`,
  );
}

/**
 * Reads JSON that holds the version of its format.
 *
 * @param versionName under which the version stands in it; 1 is known
 * @returns undefined where it is no JSON, or not of this form
 * @throws {Error} as {@link refuseNewer}
 */
export function parseVersioned<T>(
  cannot: string,
  text: string,
  versionName: string,
  schema: z.ZodType<T>,
): T | undefined {
  let content: Record<string, unknown> | null;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  refuseNewer(cannot, content?.[versionName], 1);
  try {
    return schema.parse(content);
  } catch {
    return undefined;
  }
}
