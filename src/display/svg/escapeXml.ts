const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// XML 1.0 has no way to write these, not even as a character reference; one of them makes the whole picture vanish.
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Makes any text safe between the tags and inside the quoted attributes of XML and HTML.
 *
 * @param text any string, also one with markup, control characters or halves of surrogate pairs in it
 * @returns the text with `& < > " '` as entities and what XML cannot hold as U+FFFD
 *
 * @example
 * escapeXml('<b>happy & sad</b>'); // '&lt;b&gt;happy &amp; sad&lt;/b&gt;'
 */
export function escapeXml(text: string): string {
  return text
    .replace(NOT_IN_XML, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
