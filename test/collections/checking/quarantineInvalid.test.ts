import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { checkPictures } from '../../../src/collections/checking/checkPictures';
import {
  quarantineInvalid,
  restoreQuarantined,
} from '../../../src/collections/checking/quarantineInvalid';
import { asNobody } from '../../support/asNobody';
import { folderWith } from '../../support/pictures';
import { scene } from '../../support/scenes';

let home = '';
let faces = '';
const RUBBISH = {
  'happy/note.jpg': 'a note',
  'happy/more/empty.png': '',
  'sad/list.txt': 'a list',
};

beforeEach(async () => {
  home = await folderWith({
    'faces/happy/1.png': await scene(1).png().toBuffer(),
    'faces/sad/1.png': await scene(2).png().toBuffer(),
    ...Object.fromEntries(Object.entries(RUBBISH).map(([name, text]) => [`faces/${name}`, text])),
  });
  faces = path.join(home, 'faces');
});
afterEach(() => rm(home, { recursive: true }));

const filesUnder = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
const quarantine = async () => quarantineInvalid(faces, await checkPictures(faces));

describe('quarantineInvalid()', () => {
  test('moves invalid files, and those alone, to a new folder beside the data; the report moves them back', async () => {
    const before = await filesUnder(home);
    const { report, moved, kept } = await quarantine();
    expect(report).toBe(path.join(home, 'faces-quarantine/quarantine.json'));
    expect(moved.map(({ file, kind }) => [file, kind])).toEqual([
      ['happy/note.jpg', 'not-a-picture'],
      ['happy/more/empty.png', 'empty'],
      ['sad/list.txt', 'not-a-picture'],
    ]);
    expect(kept).toEqual([]);
    expect(await filesUnder(faces)).toEqual(['happy/1.png', 'sad/1.png']);
    for (const [name, text] of Object.entries(RUBBISH)) {
      expect(await readFile(path.join(home, 'faces-quarantine', name), 'utf8')).toBe(text);
    }
    expect((await checkPictures(faces)).problems).toEqual([]);

    const { folder, restored } = await restoreQuarantined(report!);
    expect(path.resolve(folder)).toBe(faces);
    expect(restored).toHaveLength(3);
    expect(await filesUnder(home)).toEqual(before);
    expect(await readdir(home)).toEqual(['faces']);
    for (const [name, text] of Object.entries(RUBBISH)) {
      expect(await readFile(path.join(faces, name), 'utf8')).toBe(text);
    }
  });

  test('takes another folder where one is there already, and makes none where all is valid', async () => {
    await mkdir(path.join(home, 'faces-quarantine'));
    await writeFile(path.join(home, 'faces-quarantine/mine.txt'), 'mine');
    const { report } = await quarantine();
    expect(report).toBe(path.join(home, 'faces-quarantine-2/quarantine.json'));
    expect(await quarantine()).toEqual({ report: undefined, moved: [], kept: [] });
    expect((await readdir(home)).sort()).toEqual([
      'faces',
      'faces-quarantine',
      'faces-quarantine-2',
    ]);
  });

  test('works from a relative path with a slash at its end, and after both folders were moved together', async () => {
    const relative = `${path.relative('', faces)}/`;
    const { report } = await quarantineInvalid(relative, await checkPictures(relative));
    const elsewhere = path.join(home, 'elsewhere');
    await mkdir(elsewhere);
    await rename(faces, path.join(elsewhere, 'faces'));
    await rename(path.dirname(report!), path.join(elsewhere, 'faces-quarantine'));
    await restoreQuarantined(path.join(elsewhere, 'faces-quarantine/quarantine.json'));
    expect(await filesUnder(elsewhere)).toHaveLength(5);
  });

  test('moves a link, and not what it leads to', async () => {
    await writeFile(path.join(home, 'far.txt'), 'far away');
    await symlink('../../far.txt', path.join(faces, 'sad/link.jpg'));
    const { report, moved } = await quarantine();
    expect(moved.map(({ file }) => file)).toContain('sad/link.jpg');
    expect(await readFile(path.join(home, 'far.txt'), 'utf8')).toBe('far away');
    await restoreQuarantined(report!);
    expect(await readFile(path.join(faces, 'sad/link.jpg'), 'utf8')).toBe('far away');
  });

  test('moves files from a class folder on another disk, and back', async () => {
    const other = await mkdtemp('/dev/shm/smile-lab-').catch(() => undefined);
    const away = other ?? (await mkdtemp(path.join(os.tmpdir(), 'smile-lab-')));
    try {
      await cp(path.join(faces, 'sad'), away, { recursive: true });
      await rm(path.join(faces, 'sad'), { recursive: true });
      await symlink(away, path.join(faces, 'sad'));
      const { report, kept } = await quarantine();
      expect(kept).toEqual([]);
      expect(await readdir(away)).toEqual(['1.png']);
      await restoreQuarantined(report!);
      expect(await readFile(path.join(away, 'list.txt'), 'utf8')).toBe('a list');
    } finally {
      await rm(away, { recursive: true });
    }
  });

  test('keeps what it may not move where it is, and says so', async () => {
    await chmod(home, 0o777);
    await chmod(path.join(faces, 'sad'), 0o555);
    await asNobody(async () => {
      const { moved, kept } = await quarantine();
      expect(moved).toEqual([]);
      expect(kept.find(({ file }) => file === 'sad/list.txt')?.reason).toBe(
        'there is no permission to write there',
      );
    });
    expect(await readFile(path.join(faces, 'sad/list.txt'), 'utf8')).toBe('a list');
  });

  test('leaves no folder where none of the files could be moved', async () => {
    const report = await checkPictures(faces);
    const other = path.join(home, 'other');
    await mkdir(other);
    const { report: written, moved, kept } = await quarantineInvalid(other, report);
    expect([written, moved]).toEqual([undefined, []]);
    expect(new Set(kept.map(({ reason }) => reason))).toEqual(new Set(['it is no longer there']));
    expect((await readdir(home)).sort()).toEqual(['faces', 'other']);
  });

  test('moves nothing where no folder can be made beside the data', async () => {
    await chmod(home, 0o755);
    const report = await checkPictures(faces);
    await asNobody(async () => {
      await expect(quarantineInvalid(faces, report)).rejects.toThrow(
        /^Cannot move invalid files out of ".*faces": there is no permission to write there$/,
      );
    });
    expect(await filesUnder(faces)).toHaveLength(5);
  });
});

describe('restoreQuarantined()', () => {
  test('overwrites nothing: what has no place any more stays in the quarantine, and can be asked for again', async () => {
    const { report } = await quarantine();
    await writeFile(path.join(faces, 'sad/list.txt'), 'a new list');
    expect((await restoreQuarantined(report!)).kept).toEqual([
      { file: 'sad/list.txt', reason: 'another file is there by now' },
    ]);
    expect(await readFile(path.join(faces, 'sad/list.txt'), 'utf8')).toBe('a new list');
    await rm(path.join(faces, 'sad/list.txt'));
    expect((await restoreQuarantined(report!)).restored).toEqual(['sad/list.txt']);
    expect(await readdir(home)).toEqual(['faces']);
  });

  test('puts back what was moved until a move was interrupted', async () => {
    const { report } = await quarantine();
    await rename(
      path.join(home, 'faces-quarantine/sad/list.txt'),
      path.join(faces, 'sad/list.txt'),
    );
    expect((await restoreQuarantined(report!)).kept).toEqual([]);
    expect(await filesUnder(faces)).toHaveLength(5);
  });

  test('leaves what somebody else has put into the quarantine', async () => {
    const { report } = await quarantine();
    await writeFile(path.join(home, 'faces-quarantine/mine.txt'), 'mine');
    await restoreQuarantined(report!);
    expect(await filesUnder(path.join(home, 'faces-quarantine'))).toEqual(['mine.txt']);
  });

  test.each([
    ['{', /a quarantine\.json of a quarantine is required, got .*JSON/],
    ['[]', /a quarantine\.json of a quarantine is required, got \[\]$/],
    [
      '{"version":1,"folder":"x","files":[{"file":"../../etc/passwd"}]}',
      /got the path "..\/..\/etc\/passwd"$/,
    ],
  ])('refuses the report %j', async (text, message) => {
    await writeFile(path.join(home, 'quarantine.json'), text);
    await expect(restoreQuarantined(path.join(home, 'quarantine.json'))).rejects.toThrow(message);
  });

  test('says that a report is missing', async () => {
    await expect(restoreQuarantined('missing.json')).rejects.toThrow(
      'Cannot restore the files of "missing.json": it does not exist',
    );
  });
});
