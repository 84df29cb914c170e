import type { CheckedResizing } from '../../images/formats/resizing';
import type { OutputMeaning } from '../../models/outputMeaning';
import type { Rescale } from '../../models/toInput';

/** How a picture becomes a network's input, with all that a classifier leaves out filled in. */
export interface PageInput {
  resizing: CheckedResizing;
  rescale: Rescale;
}

/** `camera.json`: what the page is told of the learner's network. */
export interface CameraSettings {
  classNames: string[];
  input: PageInput;
  /** What its outputs are. */
  meaning: OutputMeaning;
  /** Whether the finder of faces lies beside the page. */
  hasFaces: boolean;
  /** The network that «Teach me» puts a head behind; null where the page has none. */
  backbone: {
    /** Its name, for people. */
    name: string;
    input: PageInput;
    /** What is saved about its pictures: `userDefinedMetadata.smileLab` but for the names of the classes. */
    saved: object;
  } | null;
  /** Null for a page of files alone. */
  server: {
    /** Where pictures can be sent to, from the page. */
    predict: string;
    /** Where what they really are can be; null where the server keeps no such thing. */
    feedback: string | null;
  } | null;
}
