import sharp from 'sharp';
import { pictureHtml } from './pictureHtml';

/** A notebook holds dozens of pictures; with fewer colours they take half of the room, and look nearly the same. */
const COLOURS = { palette: true, quality: 12, dither: 0, effort: 10 };

/**
 * An SVG document in the forms that readers of a notebook take: HTML for screens, a PNG for paper (LaTeX, PDF, Word), and
 * its title as text. Whoever reads it chooses; JupyterLab and nbconvert's HTML choose the HTML.
 *
 * @param svg a document made by `svgCard`
 * @returns content by MIME type, as Jupyter's `display_data` carries it; the PNG in base64, a pixel for each CSS pixel
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
 */
export async function pictureBundle(svg: string): Promise<Record<string, string>> {
  const png = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .png(COLOURS)
    .toBuffer();
  const [, title = ''] = /<title>(.*?)<\/title>/s.exec(svg) ?? [];
  return {
    'text/html': pictureHtml(svg),
    'image/png': png.toString('base64'),
    'text/plain': unescapeXml(title),
  };
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name]!);
}
