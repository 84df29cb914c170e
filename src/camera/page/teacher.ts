import { predictedIndex } from '../../evaluation/probabilitiesOf';
import { HEAD_LEARNING_RATE, headLayers } from '../../models/pretrained/headLayers';
import { joinNetworks } from '../../models/pretrained/joinNetworks';
import { tf } from '../../tensorflow/tf';
import { inputFrom } from '../pixels/inputFrom';
import type { Pixels } from '../pixels/pixels';
import { rescaled } from '../pixels/rescaled';
import { packNetwork } from './packNetwork';
import type { PageInput } from './settings';

const [EPOCHS, BATCH] = [60, 32];

/** Collects features of pictures, and trains a head on them, as `trainHead` does. */
export class Teacher {
  /** Backbone and head; undefined until it was trained. */
  network: tf.LayersModel | undefined;
  classNames: string[] = [];
  private features: Array<{ label: number; values: Float32Array }> = [];

  constructor(
    private readonly backbone: tf.LayersModel,
    private readonly input: PageInput,
  ) {}

  /** @returns how many pictures the class has now */
  async learn(pixels: Pixels, isJpeg: boolean, label: number): Promise<number> {
    const { resizing, rescale } = this.input;
    const { imageSize, channels } = resizing;
    const found = tf.tidy(() => {
      const values = rescaled(inputFrom(pixels, resizing, isJpeg), rescale, channels);
      const maps = this.backbone.predict(tf.tensor4d(values, [1, ...imageSize, channels]));
      return (maps as tf.Tensor4D).mean([1, 2]);
    });
    const values = (await found.data().finally(() => found.dispose())) as Float32Array;
    this.features.push({ label, values });
    return this.features.filter((each) => each.label === label).length;
  }

  /** Forgets the pictures of a class. */
  forget(label: number): void {
    this.features = this.features.filter((each) => each.label !== label);
  }

  /** @returns how many of all pictures it names rightly, in 0–1 */
  async train(classNames: string[]): Promise<number> {
    const classes = classNames.length;
    const labels = this.features.map(({ label }) => label);
    const features = tf.tensor2d(this.features.map(({ values }) => values) as never);
    const ys = tf.tidy(() =>
      classes === 2
        ? tf.tensor2d(labels, [labels.length, 1])
        : (tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat() as tf.Tensor2D),
    );
    const { model, loss } = headLayers({ features, classes });
    const optimizer = tf.train.adam(HEAD_LEARNING_RATE);
    try {
      model.compile({ optimizer, loss });
      await model.fit(features, ys, { epochs: EPOCHS, batchSize: BATCH, yieldEvery: 'never' });
      const answers = tf.tidy(() => (model.predict(features) as tf.Tensor2D).arraySync());
      this.network?.dispose();
      this.network = joinNetworks(this.backbone, model);
      this.classNames = classNames;
      const right = answers.filter((outputs, i) => predictedIndex(outputs) === labels[i]);
      return right.length / labels.length;
    } finally {
      optimizer.dispose();
      model.dispose();
      tf.dispose([features, ys]);
    }
  }

  /**
   * @param saved what is said of its pictures, but for the classes
   * @returns a ZIP archive with a folder that `loadClassifier` opens
   */
  pack(saved: object): Promise<Uint8Array> {
    return packNetwork(this.network!, { ...saved, classNames: this.classNames });
  }
}
