/**
 * Shows something in several forms under the running notebook cell, of which each reader of the notebook takes one; tslab's
 * own `display` sends only one.
 *
 * @param data content by MIME type
 * @param display of tslab's `newDisplay()`, which has shown something already and now shows this instead
 * @throws {Error} when no notebook cell of the project's kernel is running
 */
export async function displayBundle(data: Record<string, string>, display?: object): Promise<void> {
  // Only now: tslab brings a compiler along, 0.2 s that a script need not wait for. In its kernel it is loaded already.
  const { lastWriteDisplayData: write } = await import('tslab/dist/jupyter');
  if (write == null) throw new Error('no notebook cell is running');
  const { id } = (display ?? {}) as { id?: string };
  // tslab's types demand the name that a display without one has not.
  const transient = { display_id: id } as { display_id: string };
  write({ data, metadata: {}, transient }, display !== undefined);
}
