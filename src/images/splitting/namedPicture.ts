import type { LabelledPicture } from '../listPictures';

/** A picture and its path inside the folder, with `/`. */
export interface NamedPicture extends LabelledPicture {
  name: string;
}
