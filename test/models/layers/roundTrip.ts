import { tf } from '../../../src/tensorflow/tf';

/** What a layer computes, and what it computes after tfjs has written and read it: a model of it alone is saved. */
export async function roundTrip(layer: tf.layers.Layer, input: tf.Tensor): Promise<unknown[]> {
  const model = tf.sequential({ layers: [layer] });
  let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const again = await tf.loadLayersModel(tf.io.fromMemory(saved));
  const outputs = [model, again].map((some) =>
    tf.tidy(() => (some.predict(input) as tf.Tensor).arraySync()),
  );
  for (const some of [model, again]) some.dispose();
  return outputs;
}
