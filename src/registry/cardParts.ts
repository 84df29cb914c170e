import { escapeXml } from '../display/svg/escapeXml';

/** A paragraph of a text that may hold anything. */
export function paragraph(text: string): string {
  return `<p>${escapeXml(text)}</p>`;
}

/** A table whose first column names its rows; without heads it has none. */
export function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const cell = (text: string, i: number) =>
    i === 0 ? `<th scope="row">${escapeXml(text)}</th>` : `<td>${escapeXml(text)}</td>`;
  const head = heads.map((text) => `<th scope="col">${escapeXml(text)}</th>`).join('');
  return [
    '<div class="scroll" tabindex="0"><table>',
    head === '' ? '' : `<thead><tr>${head}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`),
    '</tbody></table></div>',
  ].join('');
}

/** A share in percent; what is not all never reads as 100 %. */
export function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return share < 1 && text === '100.0' ? '99.9 %' : `${text} %`;
}
