import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { type Emotion, makeEmotions7 } from '../../scripts/data/make-emotions-7';
import { splitPictures } from '../../src/collections/splitting/splitPictures';

const committed = path.join(__dirname, '../../data');
const read = (folder: string) =>
  JSON.parse(readFileSync(path.join(committed, folder, 'manifest.json'), 'utf8')) as Emotion[];
const emotions = read('emotions-7');
const people = read('unseen-people');
const CLASSES = ['afraid', 'angry', 'disgusted', 'happy', 'neutral', 'sad', 'surprised'];

/** What must not tell the emotion; all else of a person is the expression. */
const ATTRIBUTES = 'style licence person skin head hair glasses beard clothing clothesColour';

const filesOf = (folder: string, root: string) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();

describe('makeEmotions7()', () => {
  let made = '';
  beforeAll(() => {
    made = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-emotions-7-'));
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  test('makes the committed bytes, and contempt as an eighth emotion where it is asked for', async () => {
    const all = await makeEmotions7({ to: made, withContempt: true });
    const isSeven = ({ class: emotion }: Emotion) => emotion !== 'contempt';
    expect(all.emotions.filter(isSeven)).toEqual(emotions);
    expect(all.people.filter(isSeven)).toEqual(people);
    expect(all.emotions).toHaveLength(8 * 124);
    expect(all.people).toHaveLength(7 * 12);
    const groups = new Map(all.emotions.map((entry) => [entry.group, entry.class]));
    for (const entry of all.emotions) expect(groups.get(entry.group)).toBe(entry.class);
    const files = [...emotions.map(({ file }) => `emotions-7/${file}`)];
    files.push(...people.map(({ file }) => `unseen-people/${file}`));
    expect(
      [...filesOf('emotions-7', committed), ...filesOf('unseen-people', committed)].sort(),
    ).toEqual([...files, 'emotions-7/manifest.json', 'unseen-people/manifest.json'].sort());
    // Another processor rounds the drawings' decimals otherwise.
    if (process.platform !== 'linux' || process.arch !== 'x64') return;
    const bytes = (root: string, file: string) => readFileSync(path.join(root, file));
    expect(files.filter((file) => !bytes(made, file).equals(bytes(committed, file)))).toEqual([]);
  });

  test('says which file it could not write, and why', async () => {
    const notAFolder = path.join(made, 'emotions-7/manifest.json');
    await expect(makeEmotions7({ to: notAFolder })).rejects.toThrow(
      /^Cannot write ".*\.jpg": a writable folder is required, and got ENOTDIR/,
    );
  });
});

describe('data/emotions-7', () => {
  test('has 124 pictures of each emotion, in 12 designs of people and 3 to 5 of emoji', () => {
    for (const emotion of CLASSES) {
      const own = emotions.filter((entry) => entry.class === emotion);
      const designs = (isPerson: boolean) =>
        new Set(
          own.filter(({ style }) => (style === 'avataaars') === isPerson).map(({ group }) => group),
        ).size;
      expect([own.length, designs(true)]).toEqual([124, 12]);
      expect([3, 4, 5]).toContain(designs(false));
    }
    expect(emotions).toHaveLength(CLASSES.length * 124);
  });

  test.each([
    ['emotions-7', emotions, CLASSES],
    ['unseen-people', people, CLASSES.filter((emotion) => emotion !== 'disgusted')],
  ])(
    '%s has of each style, skin, hair, glasses, headscarf and the like equally many pictures of each emotion',
    (_, manifest, classes) => {
      for (const attribute of ATTRIBUTES.split(' ')) {
        const counts = new Map<string, number[]>();
        for (const entry of manifest) {
          const value = entry[attribute] ?? '';
          if (!counts.has(value))
            counts.set(
              value,
              classes.map(() => 0),
            );
          counts.get(value)![classes.indexOf(entry.class)]! += 1;
        }
        for (const [value, ofClasses] of counts) {
          expect([attribute, value, ofClasses]).toEqual([
            ...[attribute, value, classes.map(() => ofClasses[0])],
          ]);
        }
      }
    },
  );

  test('shows people of all skins, with and without glasses, headscarves and turbans', () => {
    const values = (attribute: string) => new Set(emotions.map((entry) => entry[attribute]));
    for (const head of ['hijab', 'turban', 'dreads', 'shortFlat']) {
      expect(values('head')).toContain(head);
    }
    expect(values('skin').size).toBe(1 + 5); // emoji have none
    expect(values('glasses').size).toBe(1 + 4);
  });

  test('are small JPEGs of 128×128, with the licence of each style as a text', async () => {
    for (const [folder, manifest] of [
      ['emotions-7', emotions],
      ['unseen-people', people],
    ] as const) {
      for (const { file } of manifest.filter((_, i) => i % 20 === 0)) {
        const picture = path.join(committed, folder, file);
        const { format, width, height, channels } = await sharp(picture).metadata();
        expect({ format, width, height, channels }).toEqual({
          ...{ format: 'jpeg', width: 128, height: 128, channels: 3 },
        });
      }
      for (const source of new Set(manifest.map((p) => `${p.style}-${p.licence}`))) {
        const text = readFileSync(path.join(committed, `licences/${source}.txt`), 'utf8');
        expect(text.length).toBeGreaterThan(1000);
      }
    }
  });

  test('is split by design', async () => {
    const split = await splitPictures(path.join(committed, 'emotions-7'), { seed: 1 });
    expect(split).toMatchObject({ classNames: CLASSES, groupedBy: 'manifest', leftOut: [] });
    const groups = new Map(emotions.map(({ file, group }) => [file, group]));
    const designs = ({ path: file }: { path: string }) =>
      groups.get(path.relative(path.join(committed, 'emotions-7'), file));
    const trained = new Set(split.train.map(designs));
    expect([...split.validation, ...split.test].filter((p) => trained.has(designs(p)))).toEqual([]);
  });
});
