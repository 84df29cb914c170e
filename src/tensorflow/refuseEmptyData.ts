import { installer } from './native/installer';
import { tf } from './native/tfjs';
import { warnOnce } from './native/warnOnce';

type Data = tf.data.Dataset<tf.TensorContainer>;
/** tfjs's own, with less strict types of what a batch is. */
interface Methods {
  fitDataset(dataset: Data, args?: tf.ModelFitDatasetArgs<tf.TensorContainer>): Promise<unknown>;
  evaluateDataset(dataset: Data, args?: { batches?: number }): Promise<unknown>;
}

/**
 * Lets `fitDataset` and `evaluateDataset` say so where a dataset gives no batch, which tfjs fails at in words of its own
 * fields, or batches without end, so that an epoch has none; and that each epoch is one pass, as in Keras, where
 * `batchesPerEpoch` is more than a dataset gives.
 */
export const refuseEmptyData = installer(() => {
  const prototype = tf.LayersModel.prototype as unknown as Methods;
  const { fitDataset, evaluateDataset } = prototype;
  prototype.fitDataset = async function (dataset, args) {
    const { batchesPerEpoch, validationBatches, validationData } = args ?? {};
    checkSize('validate', validationData, 'validationBatches', validationBatches);
    checkSize('train', dataset, 'batchesPerEpoch', batchesPerEpoch);
    const data = withBatches('train', dataset, batchesPerEpoch);
    const { size } = data ?? {};
    if (size == null || batchesPerEpoch == null || !(size < batchesPerEpoch)) {
      return fitDataset.call(this, data, args);
    }
    // Else tfjs would break each epoch off, and not validate after it.
    warnOnce(
      `batchesPerEpoch is ${batchesPerEpoch}, and the dataset gives ${size} ${size === 1 ? 'batch' : 'batches'}: each epoch is one pass through it. dataset.repeat() gives more.`,
    );
    const onePass = { ...args, batchesPerEpoch: undefined } as unknown as typeof args;
    return fitDataset.call(this, data, onePass);
  };
  prototype.evaluateDataset = async function (dataset, args) {
    checkSize('evaluate the model', dataset, 'batches', args?.batches);
    return evaluateDataset.call(this, withBatches('evaluate the model', dataset), args);
  };
});

/**
 * The same dataset, of which each pass gives a batch or throws.
 *
 * @param batchesPerEpoch where one pass serves several epochs: one that begins when all batches are used begins again
 */
function withBatches(what: string, dataset: Data, batchesPerEpoch?: number): Data {
  if (!isDataset(dataset)) return dataset;
  const iterator = async () => {
    let pass = await dataset.iterator();
    let [ofPass, ofEpoch] = [0, 0];
    const next = async (): Promise<IteratorResult<tf.TensorContainer>> => {
      if (ofEpoch === batchesPerEpoch) ofEpoch = 0;
      const result = await pass.next();
      if (!result.done) {
        checkForm(what, result.value);
        ofPass += 1;
        ofEpoch += 1;
        return result;
      }
      if (ofPass === 0) throw noBatch(what);
      if (batchesPerEpoch == null) return result;
      const isWithin = ofEpoch > 0;
      [pass, ofPass, ofEpoch] = [await dataset.iterator(), 0, 0];
      return isWithin ? result : next();
    };
    return { next };
  };
  return Object.create(dataset, { iterator: { value: iterator } }) as Data;
}

/** tfjs writes all values of what is none into its sentence. */
function checkForm(what: string, batch: unknown): void {
  if (typeof batch === 'object' && batch !== null && 'xs' in batch && 'ys' in batch) return;
  const got =
    batch instanceof tf.Tensor
      ? `a tensor of the shape [${batch.shape}]`
      : `${typeof batch}${batch && typeof batch === 'object' ? ` with ${Object.keys(batch).join(', ') || 'nothing'}` : ''}`;
  throw new TypeError(
    `Cannot ${what}: the dataset must give batches { xs, ys }, inputs and labels, and gives ${got}`,
  );
}

/** @param count how many batches are to be taken of it, if that was told by the option `name` */
function checkSize(what: string, data: unknown, name: string, count?: number): void {
  if (!isDataset(data)) return;
  if (data.size === 0) throw noBatch(what);
  if (data.size !== Infinity || count != null) return;
  throw new RangeError(
    `Cannot ${what}: the dataset repeats without end, so that one pass would never be over; say by ${name} how many batches it has, or leave repeat() out`,
  );
}

function isDataset(data: unknown): data is Data {
  return typeof (data as Partial<Data> | null | undefined)?.iterator === 'function';
}

function noBatch(what: string): Error {
  return new RangeError(
    `Cannot ${what}: the dataset must give at least one batch, and gives none; look at what take(), skip() or filter() leaves of it`,
  );
}
