import { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';

/** Fields of tfjs's layer, and its method as it is called here. */
interface UpSampling {
  interpolation: string;
  size: [number, number];
  dataFormat: string;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
}

const { prototype } = layerClass<UpSampling>('UpSampling2D');
const { call } = prototype;

/** Lets tfjs's layer UpSampling2D interpolate bilinearly as Keras does, which takes a pixel's value at its middle. */
prototype.call = function (this: UpSampling, inputs, kwargs) {
  if (this.interpolation !== 'bilinear' || this.dataFormat === 'channelsFirst') {
    return call.call(this, inputs, kwargs);
  }
  return tf.tidy(() => {
    const x = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor4D;
    const [, height, width] = x.shape;
    const size: [number, number] = [height * this.size[0], width * this.size[1]];
    return tf.image.resizeBilinear(x, size, false, true);
  });
};
