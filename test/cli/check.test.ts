import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { checkPictures } from '../../src/collections/checking/checkPictures';
import { compiled, inTerminal, LAUNCHER, run, smileLab } from '../support/children';
import { folderWith, speckled } from '../support/pictures';

const FAULTS = path.join(__dirname, '../../data/emotions-with-faults');
let home = '';
beforeAll(async () => {
  await compiled();
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-check-'));
  await cp(FAULTS, path.join(home, 'faces'), { recursive: true });
});
afterAll(() => rm(home, { recursive: true }));
const lab = (...args: string[]) => smileLab(args, { cwd: home });
const under = async (folder: string) =>
  (await readdir(path.join(home, folder), { recursive: true })).sort();

test('smile-lab check ends with one line of JSON, and changes nothing', async () => {
  const before = await under('.');
  const { status, stdout, stderr } = await lab('check', 'faces', '--json');
  expect(status).toBe(0);
  const report = JSON.parse(stdout);
  expect(stdout.endsWith('\n') && stdout.trimEnd().includes('\n')).toBe(false);
  expect(Object.keys(report)).toEqual(['files', 'valid', 'problems', 'classes']);
  expect(report).toEqual(await checkPictures(path.join(home, 'faces')));
  for (const problem of report.problems) {
    expect(Object.keys(problem)).toEqual(['file', 'kind', 'detail', 'others']);
  }
  expect(stderr).toMatch(/^34 files, 30 of which can be used: happy 15, sad 15\. /);
  expect(await under('.')).toEqual(before);
});

test('smile-lab check --quarantine moves invalid files, --grid draws the suspects, restore undoes the move', async () => {
  const before = await under('faces');
  const { status, stdout } = await lab('check', 'faces', '--quarantine', '--grid', 'grid.svg');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /\nSuspect pictures: grid\.svg\n\nMoved 4 invalid files to faces-quarantine\. To undo it: npx smile-lab restore "faces-quarantine\/quarantine\.json"\n$/,
  );
  expect(await under('faces')).toHaveLength(before.length - 4);
  expect(await readFile(path.join(home, 'grid.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>$/s);

  const again = await lab('check', 'faces', '--quarantine', '--grid', 'grid.svg');
  expect([again.status, again.stderr]).toEqual([
    1,
    'Cannot write the pictures to "grid.svg": it is there already\n',
  ]);
  expect((await lab('check', 'faces', '--quarantine')).stdout).toMatch(/\nNothing to move\.\n$/);

  await writeFile(path.join(home, 'faces/sad/half.jpg'), 'taken');
  const partly = await lab('restore', 'faces-quarantine');
  expect(partly).toMatchObject({
    status: 1,
    stdout: 'Moved 3 files back to faces.\n',
    stderr:
      'Cannot move 1 back; in the quarantine stay:\n  sad/half.jpg: another file is there by now\n',
  });
  await rm(path.join(home, 'faces/sad/half.jpg'));
  expect((await lab('restore', 'faces-quarantine/quarantine.json')).stdout).toBe(
    'Moved 1 file back to faces.\n',
  );
  expect(await under('faces')).toEqual(before);
  expect((await readdir(home)).sort()).toEqual(['faces', 'grid.svg']);
});

test('smile-lab check draws a progress bar in a terminal', async () => {
  const [command = '', ...args] = inTerminal([process.execPath, LAUNCHER, 'check', FAULTS], 100);
  const { status, stdout } = await run(command, args);
  expect(status).toBe(0);
  expect(stdout).toMatch(/━{20} 34\/34 files\r\n34 files, 30 of which can be used/);
});

test.each<[string[], number, string]>([
  [['check', 'missing'], 1, 'Cannot read folder "missing": it does not exist\n'],
  [
    ['check', 'faces/happy'],
    1,
    'Cannot load pictures from "faces/happy": folders for at least two classes are required, got none; it holds pictures itself: if it is one of the classes, give the folder above it\n',
  ],
  [
    ['check', 'faces', '--grid', 'grid.png'],
    1,
    'Cannot draw the suspect pictures: --grid requires a name that ends in .svg, got "grid.png"\n',
  ],
  [['check'], 2, "error: missing required argument 'folder'\n(--help shows what is possible)\n"],
  [['restore', 'missing'], 1, 'Cannot restore the files of "missing": it does not exist\n'],
])('smile-lab %j says what is wrong', async (args, status, stderr) => {
  expect(await lab(...args)).toMatchObject({ status, stderr });
});

test('what train says of pictures that a colour mode refuses moves them', async () => {
  const face = speckled(20, 20, 3);
  const files = { 'a/1.png': await face.png().toBuffer(), 'b/1.png': await face.png().toBuffer() };
  const data = await folderWith({ ...files, 'b/2.gif': await face.gif().toBuffer() });
  const args = ['--data', data, '--color-mode', 'grayscale', '--out', path.join(home, 'grey')];
  const { stderr } = await lab('train', ...args);
  const [, advice] = stderr.match(/: npx smile-lab (check .+)\n$/)!;
  expect(advice).toBe(`check "${data}" --color-mode grayscale --quarantine`);
  const { stdout } = await lab(...advice!.replaceAll('"', '').split(' '));
  expect(stdout).toContain('\nMoved 1 invalid file to ');
  await rm(data, { recursive: true });
  await rm(`${data}-quarantine`, { recursive: true });
});
