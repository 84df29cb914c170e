import type { LabelledPicture } from '../images/formats/listPictures';

/** A picture and its path inside the folder, with `/`. */
export interface NamedPicture extends LabelledPicture {
  name: string;
}
