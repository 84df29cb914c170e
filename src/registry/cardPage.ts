import { escapeXml } from '../display/svg/escapeXml';
import { type CardNotes, HEADINGS } from './cardNotes';
import { section } from './cardSections';
import type { VersionInfo } from './versionFile';

const STYLE = `
:root { color-scheme: light dark; --text: #1c1c1c; --back: #fff; --line: #c9c9c9; --head: #f0f2f5; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e6; --back: #16181b; --line: #4a4d52; --head: #23262b; }
}
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 46rem; color: var(--text); background: var(--back);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2rem; font-size: 1.2rem; border-bottom: 1px solid var(--line); }
.scroll { overflow-x: auto; margin: 0.75rem 0; } table { border-collapse: collapse; }
h3 { margin: 1.25rem 0 0.25rem; font-size: 1rem; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; }
th { background: var(--head); font-weight: 600; }
`;

/**
 * A model card as a page of its own, which needs nothing from elsewhere and opens in any browser, under the headings of Google's
 * Model Cards.
 *
 * @param notes what its author adds
 * @returns HTML; all that comes from outside is escaped
 */
export function cardPage(info: VersionInfo, notes: CardNotes): string {
  const title = `Model card: ${info.name}, version ${info.version}`;
  const sections = HEADINGS.map(
    (heading) =>
      `<section>\n<h2>${heading}</h2>\n${section(heading, info, notes).join('\n')}\n</section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escapeXml(title)}</h1>`,
    ...sections,
    '</main></body></html>',
    '',
  ].join('\n');
}
