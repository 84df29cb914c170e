import sharp from 'sharp';

/** A notebook holds dozens of pictures; with fewer colours they take half of the room, and look nearly the same. */
const COLOURS = { palette: true, quality: 12, dither: 0, effort: 10 };

/**
 * Shows an SVG document under the running notebook cell in the forms that readers of a notebook take: HTML for screens, a PNG
 * for paper (LaTeX, PDF, Word), and its title as text. Whoever reads it chooses; JupyterLab and nbconvert's HTML choose the
 * HTML. tslab's own `display` sends only one form.
 *
 * @param svg a document made by `svgCard`; its title becomes the alternative text
 * @param display of tslab's `newDisplay()`, which has shown something already and now shows this instead
 * @throws {Error} when no notebook cell of the project's kernel is running
 */
export async function displayPicture(svg: string, display?: object): Promise<void> {
  const data = await bundleOf(svg);
  // Only now: tslab brings a compiler along, 0.2 s that a script need not wait for. In its kernel it is loaded already.
  const { lastWriteDisplayData: write } = await import('tslab/dist/jupyter');
  if (write == null) throw new Error('no notebook cell is running');
  const { id } = (display ?? {}) as { id?: string };
  // tslab's types demand the name that a display without one has not.
  const transient = { display_id: id } as { display_id: string };
  write({ data, metadata: {}, transient }, display !== undefined);
}

/**
 * Content by MIME type, as Jupyter's `display_data` carries it; the PNG in base64, a pixel for each CSS pixel.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
 */
async function bundleOf(svg: string): Promise<Record<string, string>> {
  const png = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .png(COLOURS)
    .toBuffer();
  const [, alt = ''] = /<title>(.*?)<\/title>/s.exec(svg) ?? []; // escaped already
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return {
    'text/html': `<img alt="${alt}" src="${source}" style="max-width: 100%">`,
    'image/png': png.toString('base64'),
    'text/plain': unescapeXml(alt),
  };
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name]!);
}
