import { spawnSync } from 'node:child_process';

/** A GPU as NVIDIA's driver describes it. */
export interface NvidiaGpu {
  name: string;
  /** In bytes. */
  memory: number;
}

let asked: NvidiaGpu[] | undefined;

/**
 * Asks NVIDIA's driver for the computer's GPUs, once a process: `nvidia-smi` may take seconds.
 *
 * @returns none where `nvidia-smi` is missing, fails, or does not answer within 20 s
 */
export function nvidiaGpus(): NvidiaGpu[] {
  asked ??= parse(
    spawnSync(
      'nvidia-smi',
      ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'], // MiB
      { encoding: 'utf8', timeout: 20_000 },
    ).stdout ?? '',
  );
  return asked;
}

function parse(csv: string): NvidiaGpu[] {
  return csv.split('\n').flatMap((line) => {
    const [, name, mebibytes] = /^(.+), (\d+)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [{ name, memory: Number(mebibytes) * 2 ** 20 }];
  });
}
