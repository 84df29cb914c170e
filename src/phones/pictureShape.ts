import { checkOnlyOutput } from '../models/checkOnlyOutput';
import type { tf } from '../tensorflow/tf';

/**
 * The shape of one picture, which a file for phones holds as it was written.
 *
 * @param imageSize of a model that takes any size
 * @throws {Error} when the model has several inputs or outputs, or takes any size and none is given
 */
export function pictureShape(
  model: tf.LayersModel,
  imageSize: readonly number[] | undefined,
  cannot: string,
): number[] {
  checkOnlyOutput(model, cannot);
  const [, ...own] = model.inputs[0]!.shape;
  if (model.inputs.length > 1) {
    throw new Error(
      `${cannot}: it must have one input, and has ${model.inputs.length}: ${model.inputNames.join(', ')}`,
    );
  }
  const shape = imageSize ? [...imageSize, ...own.slice(2)] : own;
  if (shape.includes(null)) {
    const sizes = own.map((size) => size ?? 'any').join(', ');
    throw new Error(
      `${cannot}: it takes pictures [${sizes}], and a file for phones takes those of one size: name its classes and its size (--classes, --image-size)`,
    );
  }
  return shape as number[];
}
