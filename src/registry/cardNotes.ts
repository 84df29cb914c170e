import fs from 'node:fs/promises';
import { nearest } from '../errors/nearest';
import { show } from '../errors/show';
import { fileProblem } from '../files/fileProblem';

/** Source: M. Mitchell and others, Model Cards for Model Reporting, FAT* 2019, https://arxiv.org/abs/1810.03993, figure 1. */
export const HEADINGS = [
  'Model Details',
  'Intended Use',
  'Factors',
  'Metrics',
  'Evaluation Data',
  'Training Data',
  'Quantitative Analyses',
  'Ethical Considerations',
  'Caveats and Recommendations',
] as const;
export type Heading = (typeof HEADINGS)[number];

/** What its author adds to a card: under each heading paragraphs. */
export type CardNotes = ReadonlyMap<Heading, string[]>;

/**
 * Reads what an author adds to a card: a text file with headings of the card as `## Intended Use`, and paragraphs below them.
 *
 * @throws {Error} when it cannot be read, a heading is none of a card, or text stands before the first one
 */
export async function readCardNotes(file: string): Promise<CardNotes> {
  const cannot = `Cannot read the notes for the card ${show(file)}`;
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
  });
  const notes = new Map<Heading, string[]>();
  let paragraphs: string[] | undefined;
  for (const block of text.split(/\n\s*\n|\n(?=##? )|(?<=^##? .*)\n/m)) {
    const words = block.trim().replaceAll(/\s*\n\s*/g, ' ');
    if (words === '') continue;
    const [, heading] = /^##? +(.*)$/.exec(words) ?? [];
    if (heading !== undefined) {
      paragraphs = [];
      notes.set(checkedHeading(cannot, heading), paragraphs);
    } else if (paragraphs) paragraphs.push(words);
    else {
      throw new Error(
        `${cannot}: a heading of the card is required before the text, as "## Intended Use", got ${show(words)}`,
      );
    }
  }
  return notes;
}

function checkedHeading(cannot: string, heading: string): Heading {
  const found = HEADINGS.find((each) => each.toLowerCase() === heading.toLowerCase());
  if (found) return found;
  const near = nearest(heading, HEADINGS);
  const meant = near === undefined ? '.' : `, did you mean ${show(near)}?`;
  throw new Error(
    `${cannot}: there is no heading ${show(heading)}${meant} There are ${HEADINGS.map(show).join(', ')}`,
  );
}
