/**
 * An SVG document as HTML that a notebook can store; `showSvg` says why it is no `image/svg+xml`.
 *
 * @param svg a document made by `svgCard`; its title becomes the alternative text
 *
 * @example
 * display.html(pictureHtml(svgCard({ width: 20, height: 20, title: 'a dot', content })));
 */
export function pictureHtml(svg: string): string {
  const [, alt = ''] = /<title>(.*?)<\/title>/s.exec(svg) ?? []; // escaped already
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return `<img alt="${alt}" src="${source}" style="max-width: 100%">`;
}
