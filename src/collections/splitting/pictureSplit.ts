import type { GroupedBy } from './groupPictures';
import type { LabelledPicture, SkippedFile } from '../../images/formats/listPictures';

/** A folder's pictures in three parts; a dataset is made of one with `imageDatasetFromFiles`. */
export interface PictureSplit {
  /** The class folders' names, sorted. A label is an index in this list. */
  classNames: string[];
  groupedBy: GroupedBy;
  train: LabelledPicture[];
  validation: LabelledPicture[];
  test: LabelledPicture[];
  /** Pictures that are in no part, and why: in two classes, or invalid. */
  leftOut: SkippedFile[];
}
