import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Numbers of PCI: https://pcisig.com/membership/member-companies */
const MAKERS: Readonly<Record<string, string>> = {
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x10de': 'NVIDIA',
};

/**
 * Looks whether the computer has a GPU that TensorFlow's library does not use, as Linux lists them, and says why.
 *
 * @param root the folder that holds `proc` and `sys`
 * @returns a part of a sentence; undefined where Linux lists no GPU of AMD, Intel or NVIDIA, as in most virtual machines
 *
 * @example
 * unusedGpu(); // 'the GPU by AMD is not used: TensorFlow computes on GPUs by NVIDIA only; …'
 */
export function unusedGpu(root = '/'): string | undefined {
  const [nvidia] = nvidiaModels(path.join(root, 'proc', 'driver', 'nvidia', 'gpus'));
  const makers = makersOf(path.join(root, 'sys', 'class', 'drm'));
  const name = nvidia ?? (makers.has('NVIDIA') ? 'GPU by NVIDIA' : undefined);
  if (name !== undefined) return `the ${name} is not used: ${whyNotNvidia(nvidia !== undefined)}`;
  const [maker] = makers;
  if (maker === undefined) return undefined;
  return `the GPU by ${maker} is not used: TensorFlow computes on GPUs by NVIDIA only; SMILE_DEVICE=webgpu computes on it`;
}

function whyNotNvidia(hasDriver: boolean): string {
  if (process.env['SMILE_DEVICE'] === 'cpu') return 'SMILE_DEVICE=cpu asks for the CPU';
  if (!hasDriver) return "NVIDIA's driver is not loaded";
  const visible = process.env['CUDA_VISIBLE_DEVICES'];
  if (visible !== undefined) return `CUDA_VISIBLE_DEVICES is ${JSON.stringify(visible)}`;
  return 'TensorFlow does not find it; "npm run doctor" tells why';
}

/** NVIDIA's driver keeps a folder for each GPU, with a file that says `Model: NVIDIA H200`. */
function nvidiaModels(folder: string): string[] {
  return namesIn(folder).flatMap((gpu) => {
    const text = textOf(path.join(folder, gpu, 'information'));
    const [, model] = /^Model:\s*(.+?)\s*$/m.exec(text) ?? [];
    return model === undefined ? [] : [model];
  });
}

function makersOf(folder: string): Set<string> {
  const cards = namesIn(folder).filter((name) => /^card\d+$/.test(name));
  const vendors = cards.map((card) => textOf(path.join(folder, card, 'device', 'vendor')).trim());
  return new Set(vendors.flatMap((vendor) => MAKERS[vendor] ?? []));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
