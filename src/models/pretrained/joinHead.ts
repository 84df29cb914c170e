import type { Classifier } from '../classifier';
import { backboneMark } from './backboneMark';
import { joinNetworks } from './joinNetworks';
import type { Backbone } from './loadBackbone';
import type { Head } from './trainHead';

const ACTION = 'Cannot join the head with the backbone';

/**
 * Joins a backbone and a head that was trained on its features into one classifier, which takes pictures, and can be saved,
 * looked into and trained as any other. It has weights of its own, those of the backbone frozen; `unfreeze` lets some of them learn.
 *
 * @param backbone stays the caller's
 * @param head stays the caller's
 * @returns the caller disposes its model
 * @throws {Error} when the head was trained for another backbone
 * @example
 * const backbone = await loadBackbone('efficientnet-lite0');
 * const split = await splitPictures('data/unseen-style', { seed: 1 });
 * const classifier = joinHead(backbone, await trainHead(backbone, split, { seed: 1 }));
 * const { accuracy } = await evaluatePictures(classifier, split.test);
 */
export function joinHead(
  backbone: Backbone,
  head: Pick<Head, 'model' | 'classNames' | 'backbone'>,
): Classifier {
  if (head.backbone !== backboneMark(backbone)) {
    throw new Error(
      `${ACTION}: it was trained on the features of another one than ${backbone.name} up to ${backbone.layer}, or of other weights or another input; train a head for this one`,
    );
  }
  const model = joinNetworks(backbone.model, head.model);
  return { model, classNames: [...head.classNames], input: { ...backbone.input } };
}
