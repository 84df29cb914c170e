// Nothing here can measure text: the browser draws it, in a font that we do not know. These are widths in em on the
// generous side, of DejaVu Sans, the widest of the usual sans-serif fonts.
const NARROW_EM = 0.62;
const WIDE_EM = 1.1;
const FIRST_WIDE_CHARACTER = 0x1100; // Hangul, Chinese, Japanese, symbols, emoji

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Breaks a label into lines that fit a width: between words where it can, behind a hyphen or
 * within a word where it must.
 *
 * @param label any text; its own line breaks stay
 * @param widthEm width of a line in em, the font's size
 * @param maxLines lines to keep, at least 1; a label that needs more ends in `…`
 * @returns the lines, at least one; an empty label gives one empty line
 *
 * @example
 * wrapLabel('happy 99.8 %', 6, 2); // ['happy', '99.8 %']
 */
export function wrapLabel(label: string, widthEm: number, maxLines: number): string[] {
  const lines = label.split(/\r\n|\r|\n/).flatMap((paragraph) => wrapParagraph(paragraph, widthEm));
  if (lines.length <= maxLines) return lines;
  if (maxLines === 1) return [`${cut(label.replace(/\s+/g, ' '), widthEm - NARROW_EM).trimEnd()}…`];
  const last = lines[maxLines - 1] ?? '';
  return [...lines.slice(0, maxLines - 1), `${cut(last, widthEm - NARROW_EM).trimEnd()}…`];
}

function wrapParagraph(paragraph: string, widthEm: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= widthEm) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (textWidth(line) > widthEm) {
      const head = softCut(cut(line, widthEm));
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Up to the last hyphen or the like, as file names have them, unless that leaves the line half empty. */
function softCut(head: string): string {
  const [soft = ''] = /^.*[-_/]/.exec(head) ?? [];
  return soft.length >= head.length / 2 ? soft : head;
}

/** The longest beginning of `text` that fits, but never nothing of a text that has something. */
function cut(text: string, widthEm: number): string {
  let head = '';
  for (const { segment } of graphemes.segment(text)) {
    if (head !== '' && textWidth(head + segment) > widthEm) break;
    head += segment;
  }
  return head;
}

/**
 * How wide a text is at most, in em.
 *
 * @example
 * textWidth("sad"); // 1.86
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += (segment.codePointAt(0) ?? 0) < FIRST_WIDE_CHARACTER ? NARROW_EM : WIDE_EM;
  }
  return width;
}
