/**
 * Says in words what a picture grid shows, for readers who cannot see it.
 *
 * @param count number of pictures
 * @param labels one label a picture, or none
 * @returns one sentence without a full stop; equal neighbours are counted, not repeated
 *
 * @example
 * describeLabels(3, ['happy', 'happy', 'sad']); // 'Grid of 3 pictures: happy × 2, sad'
 */
export function describeLabels(count: number, labels: readonly string[] = []): string {
  const runs: { label: string; length: number }[] = [];
  for (const text of labels) {
    const label = text.replace(/\s+/g, ' ').trim();
    const run = runs.at(-1);
    if (run?.label === label) run.length += 1;
    else runs.push({ label, length: 1 });
  }
  const listed = runs.map(({ label, length }) => (length > 1 ? `${label} × ${length}` : label));
  const grid = `Grid of ${count} ${count === 1 ? 'picture' : 'pictures'}`;
  return listed.length === 0 ? grid : `${grid}: ${listed.join(', ')}`;
}
