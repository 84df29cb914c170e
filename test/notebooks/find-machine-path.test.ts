import path from 'node:path';
import { findMachinePath } from '../../scripts/notebooks/find-machine-path';

const root = path.join(__dirname, '../..');
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('findMachinePath()', () => {
  test.each([
    ["{ model: '/home/ada/lab/models/m' }", '/home/ada/lab/models/m'],
    ['saved to /tmp', '/tmp'],
    ['in /root.', '/root.'],
    ['at fit (/opt/lab/dist/index.js:3:1)', '/opt/lab/dist/index.js:3:1)'],
    ['\u001b[32m/srv/lab/x\u001b[39m', '/srv/lab/x'],
    ['/Users/ada', '/Users/ada'],
    ['/données/été', '/données/été'],
    ['~/lab/data', '~/lab/data'],
    ['C:\\Users\\Ada', 'C:\\Users\\Ada'],
    ['file:///x', 'file:///x'],
    [`<b>${root} 2</b>`, root],
    [`<img src="data:image/svg+xml;base64,${base64('<text>/mnt/x/y</text>')}">`, '/mnt/x/y'],
    ['<img src="data:image/svg+xml,%3Ctext%20id=%27%2Fmnt%2Fx%2Fy%27/%3E">', '/mnt/x/y'],
  ])('finds the one in %j', (text, found) => {
    expect(findMachinePath(text)).toBe(found);
  });

  test.each([
    '../data/happy-or-sad/happy/noto-1f600-grinning-face.png',
    'data/happy-or-sad, ./models/x, happy/sad, 8/8, 3 / 4, and/or/not',
    'https://www.tensorflow.org/js/guide and http://www.w3.org/2000/svg',
    '<p>Loss<br/>and <b>accuracy</b></p>',
    `<img src="data:image/png;base64,${base64('png')}/tmp/root/home/ada">`,
    'ratio ~1/2, 100 %/epoch, application/json',
    '/root-mean-square',
  ])('finds none in %j', (text) => {
    expect(findMachinePath(text)).toBeUndefined();
  });
});
