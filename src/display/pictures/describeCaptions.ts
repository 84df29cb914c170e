/** Runs of equal captions that are read out; a longer list no one would listen to. */
const MAX_RUNS = 40;

/** Characters of a caption that are read out. */
const MAX_LENGTH = 80;

/**
 * Says in words what a picture grid shows, for readers who cannot see it.
 *
 * @param count number of pictures
 * @param captions one a picture, or none
 * @returns one sentence without a full stop; equal neighbours are counted, not repeated
 *
 * @example
 * describeCaptions(3, ['happy', 'happy', 'sad']); // 'Grid of 3 pictures: happy × 2, sad'
 */
export function describeCaptions(count: number, captions: readonly string[] = []): string {
  const runs: { caption: string; length: number }[] = [];
  for (const text of captions) {
    const caption = shorten(text.replace(/\s+/g, ' ').trim());
    const run = runs.at(-1);
    if (run?.caption === caption) run.length += 1;
    else runs.push({ caption, length: 1 });
  }
  const listed = runs
    .slice(0, MAX_RUNS)
    .map(({ caption, length }) => (length > 1 ? `${caption} × ${length}` : caption));
  const more = runs.slice(MAX_RUNS).reduce((sum, { length }) => sum + length, 0);
  if (more > 0) listed.push(`and ${more} more`);
  const grid = `Grid of ${count} ${count === 1 ? 'picture' : 'pictures'}`;
  return listed.length === 0 ? grid : `${grid}: ${listed.join(', ')}`;
}

function shorten(caption: string): string {
  return caption.length <= MAX_LENGTH ? caption : `${caption.slice(0, MAX_LENGTH - 1)}…`;
}
