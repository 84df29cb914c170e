import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chosenDevice } from './native/chosenDevice';

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
 * unusedGpu(); // perhaps 'the GPU by AMD is not used: SMILE_DEVICE=cpu asks for the CPU'
 */
export function unusedGpu(root = '/'): string | undefined {
  const [model] = nvidiaModels(path.join(root, 'proc', 'driver', 'nvidia', 'gpus'));
  const makers = makersOf(path.join(root, 'sys', 'class', 'drm'));
  const maker = model || makers.has('NVIDIA') ? 'NVIDIA' : [...makers][0];
  if (maker === undefined) return undefined;
  return `the ${model ?? `GPU by ${maker}`} is not used: ${whyNot(maker, model !== undefined)}`;
}

function whyNot(maker: string, hasNvidiaDriver: boolean): string {
  if (chosenDevice() === 'cpu') return 'SMILE_DEVICE=cpu asks for the CPU';
  if (maker !== 'NVIDIA') {
    return "TensorFlow's library computes on GPUs by NVIDIA only, SMILE_DEVICE=webgpu on others too";
  }
  if (!hasNvidiaDriver) return "NVIDIA's driver is not loaded";
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
