import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { lessons } from '../../scripts/notebooks/lessons';
import { readCells } from '../../scripts/notebooks/read-cells';
import { python, root } from '../../scripts/setup/paths';

interface Exported {
  latex: { extracted: string[]; drawn: string[] };
  html: {
    images: Array<{ alt: string; kind: string }>;
    folded: Array<{ summary: string; inner: string }>;
  };
}

let exported: Array<{ lesson: string } & Exported>;

beforeAll(async () => {
  const script = path.join(__dirname, 'exportLessons.py');
  const { stdout } = await promisify(execFile)(python, [script, ...lessons()], {
    cwd: root,
    maxBuffer: 1e8,
  });
  const all = JSON.parse(stdout) as Exported[];
  exported = lessons().map((lesson, i) => ({ lesson, ...all[i]! }));
});

/** How many outputs of a committed lesson hold a picture. */
function picturesOf(lesson: string): number {
  const outputs = readCells(path.join(root, lesson)).cells.flatMap(
    ({ json }) => json.outputs ?? [],
  );
  return outputs.filter(({ data }) => JSON.stringify(data ?? {}).includes('<img')).length;
}

/** How many readings a lesson folds. */
function foldedIn(lesson: string): number {
  const { json } = readCells(path.join(root, lesson));
  return JSON.stringify(json).match(/<details>/g)?.length ?? 0;
}

test('exported to LaTeX, and so to PDF, each lesson has all its pictures: those that are displayed are extracted and drawn', () => {
  for (const { lesson, latex } of exported) {
    const count = picturesOf(lesson);
    expect(count).toBeGreaterThan(0);
    expect([lesson, latex.extracted.length]).toEqual([lesson, count]);
    expect(latex.extracted.every((name) => name.endsWith('.png'))).toBe(true);
    expect([...latex.drawn].sort()).toEqual([...latex.extracted].sort());
  }
});

test('exported to HTML, each lesson shows each picture once, as a drawing with a text alternative and not as PNG', () => {
  for (const { lesson, html } of exported) {
    expect([lesson, html.images.length]).toEqual([lesson, picturesOf(lesson)]);
    expect(html.images.filter(({ alt, kind }) => alt === '' || kind !== 'svg+xml')).toEqual([]);
  }
});

test('exported to HTML, each folded reading of a lesson has its line to open and its Markdown rendered', () => {
  for (const { lesson, html } of exported) {
    const count = foldedIn(lesson);
    expect(count).toBeGreaterThan(0);
    expect([lesson, html.folded.length]).toEqual([lesson, count]);
    for (const { summary, inner } of html.folded) {
      expect(summary.trim()).not.toBe('');
      expect(inner).toMatch(/<(?:p|ul|ol|table|pre)>/);
      // Outside code, a mark of Markdown is one that was not rendered.
      expect(inner.replace(/<(code|pre)>.*?<\/\1>/gs, '')).not.toMatch(/\*\*|`|\]\(/);
    }
  }
});
