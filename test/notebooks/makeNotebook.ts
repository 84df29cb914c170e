import { writeFileSync } from 'node:fs';

/** A code cell, or its source alone: then it was executed and printed nothing. */
export type MadeCell =
  string | { source: string; execution_count?: number | null; outputs?: object[] };

export interface MadeNotebook {
  nbformat?: number;
  kernelspec?: object;
  cells: MadeCell[];
}

/** Writes a notebook as nbformat does: an opening text, then code cells executed from the top by the project's kernel. */
export function makeNotebook(
  file: string,
  { nbformat = 4, kernelspec, cells }: MadeNotebook,
): string {
  const code = cells.map((cell, index) => ({
    cell_type: 'code',
    execution_count: index + 1,
    metadata: {},
    outputs: [],
    ...(typeof cell === 'string' ? {} : cell),
    source: asLines(typeof cell === 'string' ? cell : cell.source),
  }));
  const notebook = {
    cells: [{ cell_type: 'markdown', metadata: {}, source: ['# Glück'] }, ...code],
    metadata: {
      kernelspec: kernelspec ?? {
        display_name: 'Smile Lab (TypeScript)',
        language: 'typescript',
        name: 'smile-lab',
      },
    },
    nbformat,
    nbformat_minor: 5,
  };
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
  return file;
}

/** A cell's text as nbformat stores it. */
export function asLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
