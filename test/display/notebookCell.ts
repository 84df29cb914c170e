/** What tslab's kernel sends to a notebook for its cell, and what it leaves unset outside a kernel. */
interface Jupyter {
  lastWriteDisplayData: ((message: { data: Record<string, string> }) => void) | null;
}

/**
 * Runs something as if in a notebook cell.
 *
 * @returns what it displayed: a MIME type and its data for each message
 */
export async function inNotebookCell(run: () => Promise<void>): Promise<Record<string, string>[]> {
  const jupyter = jest.requireActual<Jupyter>('tslab/dist/jupyter');
  const displayed: Record<string, string>[] = [];
  jupyter.lastWriteDisplayData = ({ data }) => displayed.push(data);
  try {
    await run();
  } finally {
    jupyter.lastWriteDisplayData = null;
  }
  return displayed;
}

/** The SVG document inside the HTML that was displayed. */
export function svgIn(displayed: Record<string, string>[]): string {
  const html = displayed[0]?.['text/html'] ?? '';
  const [, base64 = ''] = /src="data:image\/svg\+xml;base64,([^"]*)"/.exec(html) ?? [];
  return Buffer.from(base64, 'base64').toString();
}
