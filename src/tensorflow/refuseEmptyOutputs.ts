import { tf } from './native/tfjs';

type Applied = tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[];

/**
 * Lets every layer refuse inputs of which nothing would be left, as Keras' do: a pooling of 2×2 makes a map of 0×0 of one
 * that is 1×1, and tfjs would continue with it, so that the network answers the same to all pictures.
 */
export function refuseEmptyOutputs(): void {
  const { prototype } = tf.layers.Layer;
  const { apply } = prototype;
  prototype.apply = function (this: tf.layers.Layer, inputs, ...others) {
    const outputs = apply.call(this, inputs, ...others);
    const empty = shapesOf(outputs).find(isEmpty);
    if (!empty || shapesOf(inputs).some(isEmpty)) return outputs;
    throw new Error(
      `Cannot apply the layer "${this.name}" to inputs of shape ${shapesOf(inputs).map(written).join(' and ')}: at least one place must be left of them, and its output would have the shape ${written(empty)}; take larger pictures, or fewer layers that shrink them`,
    );
  };
}

function shapesOf(values: Applied): tf.Shape[] {
  return [values].flat().map(({ shape }) => shape);
}

/** A batch may be empty, and of a size that is not known yet. */
function isEmpty([, ...sizes]: tf.Shape): boolean {
  return sizes.some((size) => size !== null && size <= 0);
}

function written(shape: tf.Shape): string {
  return `[${shape.map((size) => size ?? '*').join(', ')}]`;
}
