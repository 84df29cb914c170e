import { escapeXml } from './escapeXml';

/** Fonts of the reader's own system: a stored picture must not need the network. */
export const FONT = 'system-ui, sans-serif';

/** Nearly black: contrast 15.9 : 1 on the card. */
export const INK = '#222222';

/** Of the texts of most pictures, in CSS pixels. */
export const FONT_SIZE = 15;

const PADDING = 16;
const CORNER_RADIUS = 8;

/**
 * Puts SVG content on a white card, so that it reads the same on a light and on a dark page.
 *
 * A transparent background would leave it to the page: no text colour has a contrast of 4.5 : 1 on white and on
 * JupyterLab's dark grey and still looks like ink on both.
 *
 * @param card.width width of the content in CSS pixels; the card is 32 wider
 * @param card.height height of the content in CSS pixels; the card is 32 higher
 * @param card.title what the picture shows, in one sentence, for who cannot see it; any text
 * @param card.content SVG elements, drawn from (0, 0)
 * @param card.fontSize of its texts, in CSS pixels; 15 when left out
 * @param card.anchor where its texts have their x: at their beginning when left out
 * @returns a self-contained SVG document
 *
 * @example
 * svgCard({ width: 20, height: 20, title: 'a dot', content: '<circle cx="10" cy="10" r="9"/>' });
 */
export function svgCard(card: {
  width: number;
  height: number;
  title: string;
  content: string;
  fontSize?: number;
  anchor?: 'middle';
}): string {
  const { fontSize = FONT_SIZE, anchor } = card;
  const width = card.width + 2 * PADDING;
  const height = card.height + 2 * PADDING;
  const title = escapeXml(card.title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`,
    ` viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" rx="${CORNER_RADIUS}" fill="#ffffff"/>`,
    `<g transform="translate(${PADDING} ${PADDING})">`,
    `<g font-family="${FONT}" font-size="${fontSize}" fill="${INK}"${anchor ? ` text-anchor="${anchor}"` : ''}>`,
    `${card.content}</g></g>`,
    '</svg>',
  ].join('');
}
