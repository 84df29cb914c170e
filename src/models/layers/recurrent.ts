import type { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';

/** Fields of tfjs's recurrent layers. */
interface Recurrent {
  cell: tf.layers.Layer;
}

/** Lets the penalties of a recurrent layer's weights be part of the loss, as in Keras: its cell has them, and tfjs forgets those. */
function addPenaltiesOfCell(): void {
  const prototype = layerClass('RNN').prototype as tf.layers.Layer & Recurrent;
  prototype.calculateLosses = function (this: tf.layers.Layer & Recurrent) {
    return this.cell.calculateLosses();
  };
}

addPenaltiesOfCell();
