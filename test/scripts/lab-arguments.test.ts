import { labArguments } from '../../scripts/lab-arguments';
import { root } from '../../scripts/setup/paths';

const LESSON = '--LabApp.default_url=/lab/tree/notebooks/01-happy-or-sad.ipynb';

test('labArguments() shows the project, opened on lesson 1', () => {
  expect(labArguments(['--no-browser'])).toEqual([
    `--ServerApp.root_dir=${root}`,
    LESSON,
    '--no-browser',
  ]);
});

test.each([
  [['--ServerApp.root_dir=faces']],
  [['--ServerApp.root_dir', 'faces']],
  [['--notebook-dir=faces', '--no-browser']],
  [['--no-browser', 'data']],
])('labArguments() leaves a folder that is given, %j, which holds no lesson 1', (given) => {
  expect(labArguments(given)).toEqual(given);
});

test('labArguments() opens the page that is given', () => {
  const given = ['--LabApp.default_url=/lab'];
  expect(labArguments(given)).toEqual([`--ServerApp.root_dir=${root}`, ...given]);
});
