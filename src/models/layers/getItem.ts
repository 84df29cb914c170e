import type { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { onlyShape, SettingsLayer } from './settingsLayer';

/** What is taken along one axis: the entry of a number, or from where to where by what step, null where nothing is said. */
export type ItemPart = number | [start: number | null, stop: number | null, step: number | null];

/**
 * What NumPy's `x[…]` takes of a tensor, [n, …] -> [n, …]: `x[..., ::-1]`, which turns the channels of a picture round, or
 * `x[:, 2]`. A part for each axis behind the batch, which stays whole; `"ellipsis"` stands for as many whole axes as there
 * are left, and whole axes at the end may be missing. Keras calls it GetItem.
 *
 * Source: https://numpy.org/doc/stable/user/basics.indexing.html
 */
export class GetItem extends SettingsLayer<{ parts: Array<ItemPart | 'ellipsis'> }> {
  static readonly className = 'GetItem';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [count, ...sizes] = onlyShape(inputShape);
    const parts = this.partsFor(sizes.length);
    return [
      count!,
      ...sizes.flatMap((size, i) => {
        const part = parts[i]!;
        if (typeof part === 'number') return [];
        if (part.every((bound) => bound === null)) return [size];
        return [size === null ? null : indices(part, size).length];
      }),
    ];
  }

  protected override compute(x: tf.Tensor): tf.Tensor {
    let y = x;
    const parts = this.partsFor(x.rank - 1);
    parts.forEach((part, i) => {
      const axis = i + 1;
      const taken = indices(part, x.shape[axis]!);
      if (taken.length < x.shape[axis]! || taken[0] !== 0) y = take(y, axis, taken);
    });
    return y.reshape(y.shape.filter((_, axis) => typeof parts[axis - 1] !== 'number'));
  }

  /** A part for each axis but the batch. */
  private partsFor(rank: number): ItemPart[] {
    const { parts } = this.settings;
    const ellipsis = parts.includes('ellipsis') ? parts.indexOf('ellipsis') : parts.length;
    const [before, after] = [parts.slice(0, ellipsis), parts.slice(ellipsis + 1)] as ItemPart[][];
    const missing = rank - before!.length - after!.length;
    if (missing < 0) throw new Error(`it takes of ${parts.length} axes, and there are ${rank}`);
    const whole: ItemPart[] = Array.from({ length: missing }, () => [null, null, null]);
    return [...before!, ...whole, ...after!];
  }
}

/** Which entries of an axis a part takes, in their order. */
function indices(part: ItemPart, size: number): number[] {
  if (typeof part === 'number') {
    const index = part < 0 ? part + size : part;
    if (index < 0 || index >= size) throw new Error(`it takes entry ${part} of ${size}`);
    return [index];
  }
  const [start, stop, step] = [part[0], part[1], part[2] ?? 1];
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (given: number | null, otherwise: number) =>
    given === null ? otherwise : Math.min(Math.max(given < 0 ? given + size : given, low), high);
  const [from, to] =
    step > 0 ? [bound(start, 0), bound(stop, size)] : [bound(start, size - 1), bound(stop, -1)];
  const count = Math.max(Math.ceil((to - from) / step), 0);
  return Array.from({ length: count }, (_, i) => from + i * step);
}

/** The same as one gather, by operations that are quicker where they suffice. */
function take(x: tf.Tensor, axis: number, taken: readonly number[]): tf.Tensor {
  const [first = 0, second = first + 1] = taken;
  const step = second - first;
  if (Math.abs(step) !== 1) return x.gather(taken as number[], axis);
  const begin = x.shape.map((_, i) => (i === axis ? Math.min(first, taken.at(-1) ?? 0) : 0));
  const size = x.shape.map((length, i) => (i === axis ? taken.length : length));
  const part = x.slice(begin, size);
  return step > 0 ? part : part.reverse(axis);
}

registerLayer(GetItem);
