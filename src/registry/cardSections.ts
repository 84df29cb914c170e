import type { CardNotes, Heading } from './cardNotes';
import { testTables } from './cardTables';
import { paragraph, table } from './cardParts';
import type { VersionInfo, VersionTest } from './versionFile';

/** What a card says under each heading before its author's own words, as HTML. */
export const SECTIONS: Record<Heading, (info: VersionInfo) => string[]> = {
  'Model Details': modelDetails,
  'Intended Use': () => [
    paragraph(
      'Made to learn and to show how classifiers of pictures are trained. It is meant for pictures like those that it learned from, and for nothing else.',
    ),
    paragraph(
      'Not for any decision about a person: not at work, at school, in sales, in health or by an authority.',
    ),
  ],
  Factors: factors,
  Metrics: () => [
    paragraph(
      'Accuracy: the share of pictures that are classified right, with the interval in which it lies on all pictures of this kind with 95 % confidence (Wilson). Recall: of a class, the share that is found. Precision: of what is taken for a class, the share that is right.',
    ),
  ],
  'Evaluation Data': ({ tests }) =>
    tests.length === 0
      ? [paragraph('None. How good it is was not measured.')]
      : tests.map((test) => paragraph(describeData(test))),
  'Training Data': trainingData,
  'Quantitative Analyses': ({ tests, classNames }) =>
    tests.length === 0
      ? [paragraph('None.')]
      : tests.flatMap((test) => testTables(test, classNames)),
  'Ethical Considerations': () => [
    paragraph(
      'A face belongs to a person: pictures of people need the consent of those whom they show, for this purpose. An expression in a picture is not what somebody feels, and people show feelings in different ways.',
    ),
    paragraph(
      'In the European Union it is forbidden to infer the emotions of people at work and in education, but for medical and safety reasons (Regulation (EU) 2024/1689, Article 5 (1) (f)).',
    ),
  ],
  'Caveats and Recommendations': caveats,
};

/** Whether a test says anything about pictures that the model has not seen. */
export function isHonest({ kind }: VersionTest): boolean {
  return kind !== 'training';
}

/** The paragraphs of a section, with its author's own. */
export function section(heading: Heading, info: VersionInfo, notes: CardNotes): string[] {
  return [...SECTIONS[heading](info), ...(notes.get(heading) ?? []).map(paragraph)];
}

function modelDetails({ registered, classNames, imageSize, run, ...info }: VersionInfo): string[] {
  const rows: Array<[string, string]> = [
    ['Version', `${info.version}, registered ${registered.slice(0, 10)}`],
    ['Classes', classNames.join(', ')],
    ['Input', `a picture, resized to ${imageSize.join(' × ')} pixels`],
    ['Network', `${info.layers} layers, ${info.parameters.toLocaleString('en')} parameters`],
  ];
  if (run) {
    const { recipe, seed, epochs, began, seconds, device, versions } = run;
    const parts = [
      `run ${run.name}`,
      ...(recipe === undefined ? [] : [`recipe ${recipe}`]),
      ...(seed === undefined ? [] : [`seed ${seed}`]),
      `${epochs} epochs`,
      ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
      ...(began === undefined ? [] : [`on ${began.slice(0, 10)}`]),
    ];
    rows.push(['Training', parts.join(', ')]);
    if (device !== undefined) rows.push(['Device', device]);
    const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    if (used.length > 0) rows.push(['Software', used.join(', ')]);
  } else rows.push(['Training', 'not known: no log of it was found']);
  return [table([], rows)];
}

function factors({ classNames, tests, data }: VersionInfo): string[] {
  const groups = tests.find((test) => test.groups !== null)?.groups;
  const how =
    data?.groupedBy === 'manifest'
      ? 'A manifest names who or what each picture shows; all pictures of one are in one part.'
      : data?.groupedBy === 'duplicates'
        ? 'Nobody has said who or what each picture shows; only pictures that look alike are kept in one part.'
        : 'Its training held no pictures back.';
  return [
    paragraph(`The classes ${classNames.join(', ')}, each measured on its own below. ${how}`),
    paragraph(
      groups === undefined
        ? 'Other things in which pictures differ, as the light, the camera, the style, age or skin, were not measured apart.'
        : `The pictures of the test show ${groups} different ones. Other things in which pictures differ, as the light, the style, age or skin, were not measured apart.`,
    ),
  ];
}

function trainingData({ data, classNames }: VersionInfo): string[] {
  if (!data) return [paragraph('Not known: nothing was noted of its training.')];
  const { folder, training, validation, test } = data;
  const all = training.reduce((sum, count) => sum + count, 0);
  const apart =
    validation + test > 0
      ? ` Besides these, ${validation} pictures were held back to watch it and ${test} to test it.`
      : '';
  return [
    paragraph(`${all} pictures of ${folder}.${apart} The version's data.json names each of them.`),
    table(
      ['class', 'pictures'],
      classNames.map((name, i) => [name, String(training[i])]),
    ),
  ];
}

function describeData({ kind, data, count, groupedBy, groups, seenGroups }: VersionTest): string {
  const pictures = `${count} pictures`;
  if (kind === 'training') {
    return `${pictures} that it was trained with: this says how well it remembers them, not how good it is.`;
  }
  const of = groups === null ? pictures : `${pictures} of ${groups} different people or drawings`;
  if (kind === 'folder') {
    const seen =
      seenGroups === null
        ? ' Whether it has learned from other pictures of the same is not known.'
        : seenGroups === 0
          ? ' None of the people or drawings was in its training.'
          : ` But of ${seenGroups} of the ${groups} it has learned from other pictures: for new ones this figure is too good.`;
    return `${of}, from ${data}. No file is, byte for byte, one that it learned from.${seen}`;
  }
  const apart =
    groupedBy === 'manifest'
      ? 'none of whom it has seen in its training'
      : 'none of which looks like one that it was trained with, as far as comparing them shows';
  return `${of}, from ${data}, held out by its training: ${apart}.`;
}

function caveats({ tests }: VersionInfo): string[] {
  const honest = tests.filter(isHonest);
  if (honest.length === 0) {
    return [
      paragraph(
        'It was never measured on pictures that it had not seen. Nobody knows how good it is: measure it before you use it.',
      ),
    ];
  }
  const [first] = honest;
  const fewer =
    first!.groups !== null && first!.groups < first!.count
      ? ` The pictures show only ${first!.groups} different ones, so the true interval is wider.`
      : '';
  return [
    paragraph(
      `The intervals take the pictures to be independent.${fewer} Pictures of another kind, as photographs where it learned from drawings, were not measured unless they are named above.`,
    ),
    paragraph('It can be sure where it is wrong. Look at what it mistakes before you trust it.'),
  ];
}
