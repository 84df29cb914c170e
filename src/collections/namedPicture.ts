import path from 'node:path';

import type { LabelledPicture } from '../images/formats/listPictures';

/** A picture and its path inside the folder, with `/`. */
export interface NamedPicture extends LabelledPicture {
  name: string;
}

/** The path of a file inside a folder, with `/`. */
export function nameOf(directory: string, file: string): string {
  return path.relative(directory, file).split(path.sep).join('/');
}
