import { classResults } from '../evaluation/classResults';
import { escapeXml } from '../display/svg/escapeXml';
import { percent, table } from './cardParts';
import type { VersionTest } from './versionFile';

/** More classes than these fit on no page as a matrix. */
const MOST_IN_MATRIX = 12;

const TITLES: Record<VersionTest['kind'], string> = {
  'test part': 'pictures held out by its training',
  folder: 'pictures that it has not learned from',
  training: 'pictures that it was trained with',
};

/** The accuracy of a test with its interval, what it finds of each class, and what it takes for what. */
export function testTables(test: VersionTest, classNames: readonly string[]): string[] {
  const { kind, data, count, right, accuracy, interval, confusionMatrix } = test;
  const [low, high] = interval;
  const where = data === null ? TITLES[kind] : `${TITLES[kind]}, ${data}`;
  const isHonest = kind !== 'training';
  const figures: Array<[string, string]> = [
    ['Accuracy', `${percent(accuracy)}: ${right} of ${count} right`],
    ...(isHonest
      ? [['95 % interval', `${percent(low)} to ${percent(high)}`] as [string, string]]
      : []),
  ];
  const classes = classResults(confusionMatrix, classNames).map((each, k) => {
    const isTaken = confusionMatrix.some((row) => row[k]! > 0);
    const [least, most] = each.recallInterval;
    const range = isHonest ? ` (${percent(least)} to ${percent(most)})` : '';
    return [
      each.name,
      String(each.count),
      each.count > 0 ? `${percent(each.recall)}${range}` : '–',
      isTaken ? percent(each.precision) : '–',
    ];
  });
  const tables = [
    `<h3>${escapeXml(sentence(where))}</h3>`,
    table([], figures),
    table(
      ['class', 'pictures', isHonest ? 'recall (95 % interval)' : 'recall', 'precision'],
      classes,
    ),
  ];
  if (classNames.length > MOST_IN_MATRIX) return tables;
  const rows = confusionMatrix.map((row, label) => [classNames[label]!, ...row.map(String)]);
  return [...tables, table(['is \\ taken for', ...classNames], rows)];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
