import type { OpAttribute } from '../native/nativeBackend';
import { tf } from '../native/tfjs';

/** An op that is about to run, on float32 tensors and perhaps on shapes. */
export interface CalledOp {
  op: string;
  attributes: OpAttribute[];
  /** Shapes of the inputs. */
  shapes: number[][];
  /** Values of those inputs that are constants of int32, as the sizes that a gradient shall have. */
  sizes: Array<number[] | undefined>;
}

const ELEMENTWISE =
  /^(Relu|ReluGrad|Relu6|Relu6Grad|Elu|EluGrad|Sigmoid|Tanh|Exp|Log|Neg|Square|Sqrt|Rsqrt)$/;
const ARITHMETIC = /^(Add|AddV2|Sub|Mul|RealDiv|Maximum|Minimum|SquaredDifference)$/;
const POOL_GRADIENT = /^(_MklNative)?MaxPoolGrad$/;
const CONVOLUTION = /^(Conv2D|DepthwiseConv2dNative|_MklNativeConv2DWithBias)$/;
const POOLING = /^(MaxPool|_MklNativeMaxPool|AvgPool)$/;
const INPUT_GRADIENT = /^(Conv2DBackpropInput|DepthwiseConv2dNativeBackpropInput|AvgPoolGrad)$/;
const FILTER_GRADIENT = /^(Conv2DBackpropFilter|DepthwiseConv2dNativeBackpropFilter)$/;
const PRODUCT = /^(MatMul|BatchMatMulV2)$/;

/**
 * The shapes that an op's results will have, for the ops that take the most time: to record a step, one need not wait
 * for their values.
 *
 * @returns a shape for each result, or undefined for an op or a case that is not known here
 */
export function outputShapes({ op, attributes, shapes, sizes }: CalledOp): number[][] | undefined {
  const attribute = (name: string) => attributes.find((each) => each.name === name)?.value;
  const [first, second] = shapes as [number[], number[]];
  if (ELEMENTWISE.test(op) || POOL_GRADIENT.test(op)) return [first];
  if (ARITHMETIC.test(op)) return [tf.backend_util.assertAndGetBroadcastShape(first, second)];
  if (op === 'BiasAddGrad') return [first.slice(-1)];
  if (INPUT_GRADIENT.test(op)) return sizes[0] && [sizes[0]];
  if (FILTER_GRADIENT.test(op)) return sizes[1] && [sizes[1]];
  if (PRODUCT.test(op)) return productShape(first, second, attribute('adj_x'), attribute('adj_y'));
  if (attribute('data_format') !== 'NHWC') return undefined;
  const window = { padding: attribute('padding'), strides: attribute('strides') as number[] };
  if (POOLING.test(op)) {
    const [, height, width] = attribute('ksize') as [number, number, number];
    const map = slide(first, [height, width], [1, 1], window);
    const workspace = [1]; // Which oneDNN's op returns as well.
    return map && [[...map, first[3]!], workspace].slice(0, op === '_MklNativeMaxPool' ? 2 : 1);
  }
  if (CONVOLUTION.test(op)) {
    const [height, width, channels, filters] = second as [number, number, number, number];
    const [, ...dilations] = attribute('dilations') as [number, number, number];
    const map = slide(first, [height, width], dilations, window);
    return map && [[...map, op === 'DepthwiseConv2dNative' ? channels * filters : filters]];
  }
  return undefined;
}

/** Samples, height and width of the map that a window leaves. */
function slide(
  [samples, ...size]: number[],
  window: [height: number, width: number],
  dilations: number[],
  { padding, strides }: { padding: unknown; strides: number[] },
): number[] | undefined {
  if (padding !== 'SAME' && padding !== 'VALID') return undefined;
  const map = window.map((length, i) => {
    const covered = padding === 'SAME' ? 1 : (length - 1) * dilations[i]! + 1;
    return Math.ceil((size[i]! - covered + 1) / strides[i + 1]!);
  });
  return [samples!, ...map];
}

function productShape(
  a: number[],
  b: number[],
  transposeA: unknown,
  transposeB: unknown,
): number[][] | undefined {
  if (a.length !== b.length || a.length < 2) return undefined;
  const batch = tf.backend_util.assertAndGetBroadcastShape(a.slice(0, -2), b.slice(0, -2));
  return [[...batch, a.at(transposeA ? -1 : -2)!, b.at(transposeB ? -2 : -1)!]];
}
