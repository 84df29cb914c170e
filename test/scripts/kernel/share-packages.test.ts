import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { executeCells } from '../../support/kernel';

test('a notebook outside the project imports smile-lab and tfjs, with their types', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'notebooks elsewhere '));
  try {
    const [first, second] = await executeCells(
      [
        {
          source: `import * as tf from '@tensorflow/tfjs-node-gpu';
            import fs from 'node:fs';
            import { tf as ours } from 'smile-lab';
            console.log(tf === ours, fs.readdirSync('.').length);`,
        },
        { source: 'const sum: string = tf.sum([1, 2]);' },
      ],
      folder,
    );
    expect(first?.map(({ text }) => text)).toEqual(['true 0\n']);
    expect(second?.[0]?.evalue).toContain("is not assignable to type 'string'");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
