import { tf } from '../../tensorflow/tf';

const { prototype } = tf.LayerVariable;
const { write } = prototype;

/**
 * Lets a weight that has a constraint keep the value that it is given. tfjs puts the constraint on whatever is loaded,
 * which changes weights (a MinMaxNorm with a rate below 1 each time again), and on nothing that is trained.
 */
prototype.write = function (this: tf.LayerVariable, value) {
  const { constraint } = this;
  if (constraint == null) return write.call(this, value);
  Object.assign(this, { constraint: null });
  try {
    return write.call(this, value);
  } finally {
    Object.assign(this, { constraint });
  }
};
