import { FACE_SIDE } from '../../faces/facesIn';
import type { CheckedResizing } from '../../images/formats/resizing';

/** How a picture becomes the input of BlazeFace: whole, in the middle of a black square, as `findFaces` has it. */
export const FACE_RESIZING: CheckedResizing = {
  imageSize: [FACE_SIDE, FACE_SIDE],
  interpolation: 'bilinear',
  cropToAspectRatio: false,
  padToAspectRatio: true,
  shrinkOnLoad: false,
  colorMode: 'rgb',
  channels: 3,
};
