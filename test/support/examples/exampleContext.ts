// What examples take for granted. Nothing of it exists: examples that use it are checked, and not run.
import type { CheckReport } from '../../../src/collections/checking/checkReport';
import type { ImageBatch } from '../../../src/images/datasets/imageBatch';
import type { ImageDataset } from '../../../src/images/datasets/pictureDataset';
import type { CheckedPicture } from '../../../src/images/formats/pictureFile';
import type { CheckedResizing } from '../../../src/images/formats/resizing';
import type { groupsToDeal } from '../../../src/collections/splitting/dealOut';
import type { PictureSplit } from '../../../src/collections/splitting/pictureSplit';
import type { Backbone } from '../../../src/models/pretrained/loadBackbone';
import type { Head } from '../../../src/models/pretrained/trainHead';
import type { Classifier } from '../../../src/models/classifier';
import type { PicturesEvaluation } from '../../../src/evaluation/evaluatePictures';
import type { tf } from '../../../src/tensorflow/tf';

export declare const model: tf.Sequential;
export declare const classifier: Classifier;
export declare const backbone: Backbone;
export declare const head: Head;
export declare const features: tf.Tensor2D;
export declare const classNames: string[];
export declare const labels: number[];
export declare const captions: string[];

export declare const dataset: ImageDataset;
export declare const train: ImageDataset;
export declare const validation: ImageDataset;
export declare const unseen: ImageDataset;
export declare const batch: ImageBatch;
export declare const probabilities: tf.Tensor;
export declare const earlier: tf.History;
export declare const happy: tf.Tensor4D;
export declare const sad: tf.Tensor4D;

export declare const pictures: CheckedPicture[];
export declare const split: PictureSplit;
export declare const grouped: Awaited<ReturnType<typeof groupsToDeal>>;
export declare const report: CheckReport;
export declare const evaluation: PicturesEvaluation;
export declare const resizing: CheckedResizing;
export declare const bytes: Buffer;
export declare const file: string;
export declare const files: string[];
export declare const folder: string;
export declare const text: string;
/** Red, green, blue of small pictures, of which two show the same. */
export declare const smile: Uint8Array;
export declare const smallerSmile: Uint8Array;
export declare const frown: Uint8Array;
export declare const uri: string;
export declare const content: string;
