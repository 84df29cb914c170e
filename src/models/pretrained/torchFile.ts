import { z } from 'zod';
import { PickledName, unpickle } from './pickle';

/** Numbers of a network that PyTorch has saved, in rows. */
export interface TorchTensor {
  shape: number[];
  values: Float32Array;
}

const FLOATS = 'torch FloatStorage';
const WHOLE_NUMBERS = 'torch LongStorage';
const REBUILD = 'torch._utils _rebuild_tensor_v2';
const ALLOWED = ['collections OrderedDict', REBUILD, FLOATS, WHOLE_NUMBERS];

/** Each file of this form begins with it. */
const MAGIC = 119547037146038801333356n;

const whole = z.number().int().min(0);
const key = z.string();

/** What identifies a storage: `'storage', type, key, device, how many numbers, view`. */
const storageSchema = z.object({
  id: z.tuple([z.literal('storage'), z.instanceof(PickledName), key, z.string(), whole, z.null()]),
});

/** How a tensor is made: `storage, first number, shape, steps to the next number along each axis`, and more. */
const tensorSchema = z.object({
  name: z.literal(REBUILD),
  args: z.tuple([storageSchema, whole, z.array(whole), z.array(whole)]).rest(z.unknown()),
});

const fileSchema = z.tuple([
  z.literal(MAGIC),
  z.unknown(), // version
  z.unknown(), // what kind of machine wrote it
  z.map(z.string(), tensorSchema),
  z.array(key),
]);

/**
 * Reads the float32 tensors of a file that `torch.save` wrote before PyTorch 1.6: five pickles, then the numbers. A tensor
 * need not lie there in rows: its strides say how far the next number along each axis is.
 *
 * Source: `_legacy_load` in https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
 *
 * @returns by name, as `_conv_stem.weight`; tensors of whole numbers, which only count batches, are left out
 * @throws {Error} when the file is cut off or damaged, or holds something else than tensors by name
 *
 * @example
 * readTorchFile(await readFile(file)).get('_fc.bias')?.shape; // [1000]
 */
export function readTorchFile(bytes: Buffer): Map<string, TorchTensor> {
  const pickles: unknown[] = [];
  let end = 0;
  for (let i = 0; i < fileSchema.items.length; i++) {
    const read = unpickle(bytes, end, ALLOWED);
    pickles.push(read.value);
    end = read.end;
  }
  const { success, data } = fileSchema.safeParse(pickles);
  if (!success)
    throw new Error('it does not hold tensors by name, as PyTorch before 1.6 wrote them');
  const [, , , tensors, keys] = data;
  const storages = storagesOf(bytes, end, keys, [...tensors.values()]);
  const found = new Map<string, TorchTensor>();
  for (const [name, { args }] of tensors) {
    const [{ id }, offset, shape, strides] = args;
    const storage = storages.get(id[2]);
    if (id[1].name !== FLOATS) continue;
    const values = storage && inRows(storage, offset, shape, strides);
    if (!values) throw new Error(`it ends before all numbers of ${name}`);
    found.set(name, { shape, values });
  }
  return found;
}

type DescribedTensor = z.infer<typeof tensorSchema>;

/** The numbers lie one storage behind the other, each after its length. */
function storagesOf(
  bytes: Buffer,
  start: number,
  keys: readonly string[],
  tensors: readonly DescribedTensor[],
): Map<string, Float32Array> {
  const types = new Map(tensors.map(({ args: [{ id }] }) => [id[2], id[1].name]));
  const storages = new Map<string, Float32Array>();
  let at = start;
  for (const key of keys) {
    if (at + 8 > bytes.length) throw new Error('it ends before all its numbers');
    const length = Number(bytes.readBigUInt64LE(at));
    const size = types.get(key) === WHOLE_NUMBERS ? 8 : 4;
    const from = at + 8;
    at = from + length * size;
    if (!(at <= bytes.length)) throw new Error('it ends before all its numbers');
    if (size === 4)
      storages.set(key, new Float32Array(Uint8Array.from(bytes.subarray(from, at)).buffer));
  }
  return storages;
}

/** @returns undefined where a number would lie behind the end of the storage */
function inRows(
  storage: Float32Array,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array | undefined {
  const steps = shape.map((side, axis) => (side - 1) * strides[axis]!);
  const last = offset + steps.reduce((sum, step) => sum + step, 0);
  if (shape.length !== strides.length || last >= storage.length) return undefined;
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  let index = 0;
  const fill = (axis: number, at: number) => {
    if (axis === shape.length) values[index++] = storage[at]!;
    else for (let i = 0; i < shape[axis]!; i++) fill(axis + 1, at + i * strides[axis]!);
  };
  fill(0, offset);
  return values;
}
