import 'smile-lab:layers';
import { byMeaning } from '../../evaluation/byMeaning';
import { probabilitiesOf } from '../../evaluation/probabilitiesOf';
import { FACE_SIDE, facesIn } from '../../faces/facesIn';
import { FaceFollower } from '../pixels/FaceFollower';
import { FACE_RESIZING } from '../pixels/faceResizing';
import { inputFrom } from '../pixels/inputFrom';
import type { Pixels, Square } from '../pixels/pixels';
import { rescaled } from '../pixels/rescaled';
import { seenFrom } from '../pixels/seenFrom';
import { cutSquare, middleSquare, squareAround } from '../pixels/squares';
import { tf } from '../../tensorflow/tf';
import { decode, type Opened } from './decode';
import type { CameraSettings, PageInput } from './settings';
import { type Backend, startBackend } from './startBackend';
import { Teacher } from './teacher';

/** What of a picture a network gets. */
export type Look = 'face' | 'middle' | 'whole';

/** What is asked about a picture. */
export interface Question {
  pixels: Pixels;
  isJpeg: boolean;
  look: Look;
  /** Whether it is one of many in a row. */
  isMoving: boolean;
  /** The learner's network, or the one that «Teach me» has made. */
  who: 'own' | 'taught';
}

/** What a network says. */
export interface Answer {
  /** What was cut out; null for the whole picture. */
  square: Square | null;
  /** The picture as the network got it. */
  seen: Pixels;
  /** One a class. */
  probabilities: number[];
}

/** Computes all that the page shows, in a worker, so that the page stays quick. */
export class Engine {
  private settings!: CameraSettings;
  private model!: tf.LayersModel;
  private finder: tf.GraphModel | undefined;
  private teacher: Teacher | undefined;
  private readonly follower = new FaceFollower();

  /** @returns what the page is told of the network, and what computes it */
  async load(wanted?: Backend): Promise<{ settings: CameraSettings; backend: Backend }> {
    const asked = fetched('./camera.json').then((response) => response.json());
    const backend = await startBackend(wanted);
    this.settings = (await asked) as CameraSettings;
    const { hasFaces, input } = this.settings;
    [this.model, this.finder] = await Promise.all([
      tf.loadLayersModel('./model.json', loading),
      hasFaces ? tf.loadGraphModel('./blazeface.json', loading) : undefined,
    ]);
    // The first answer compiles what the next ones use.
    const blank = { width: 8, height: 8, data: new Uint8ClampedArray(256) };
    if (this.finder) await this.find(blank);
    await this.probabilities(this.model, input, blank, false);
    return { settings: this.settings, backend };
  }

  /** Decodes a picture file. @throws {Error} when it is none */
  open(file: Blob): Promise<Opened> {
    return decode(file);
  }

  /** @returns undefined when no face was found where one is to be looked at */
  async answer(question: Question): Promise<Answer | undefined> {
    const { pixels, isJpeg, who } = question;
    const square = await this.squareOf(question);
    if (square === undefined) return undefined;
    const cut = square ? cutSquare(pixels, square) : pixels;
    const taught = who === 'taught' ? this.teacher?.network : undefined;
    const input = taught ? this.settings.backbone!.input : this.settings.input;
    const values = inputFrom(cut, input.resizing, isJpeg);
    const seen = seenFrom(values, input.resizing);
    const answered = taught ?? this.model;
    const meaning = taught ? 'probabilities' : this.settings.meaning;
    const classes = taught ? this.teacher!.classNames.length : this.settings.classNames.length;
    const outputs = await outputsOf(answered, input, values, meaning);
    return { square, seen, probabilities: probabilitiesOf(outputs, classes) };
  }

  /** Makes ready the network behind which «Teach me» puts a head. */
  async startTeaching(): Promise<void> {
    this.teacher ??= new Teacher(
      await tf.loadLayersModel('./backbone.json', loading),
      this.settings.backbone!.input,
    );
  }

  /** @returns how many pictures the class has; undefined when no face was found */
  async learn(question: Question, label: number): Promise<number | undefined> {
    const { pixels, isJpeg } = question;
    const square = await this.squareOf({ ...question, isMoving: false });
    if (square === undefined) return undefined;
    return this.teacher!.learn(square ? cutSquare(pixels, square) : pixels, isJpeg, label);
  }

  /** Forgets the pictures of a class. */
  async forget(label: number): Promise<void> {
    this.teacher?.forget(label);
  }

  /** @returns how many of all pictures the new network names rightly, in 0–1 */
  train(classNames: string[]): Promise<number> {
    return this.teacher!.train(classNames);
  }

  /** @returns the network that was taught, as a ZIP archive */
  pack(): Promise<Uint8Array> {
    return this.teacher!.pack(this.settings.backbone!.saved);
  }

  /** @returns null for the whole picture, undefined where no face was found */
  private async squareOf({ pixels, look, isMoving }: Question): Promise<Square | null | undefined> {
    if (look === 'whole') return null;
    if (look === 'middle') return middleSquare(pixels);
    const [now, size] = [performance.now(), `${pixels.width}×${pixels.height}`];
    const expected = isMoving ? this.follower.expected(now, size) : undefined;
    if (expected) return expected;
    const [face] = await this.find(pixels);
    const square = face && squareAround(face);
    this.follower.found(square, now, size);
    return square;
  }

  private find(pixels: Pixels) {
    const values = inputFrom(pixels, FACE_RESIZING);
    const input = tf.tensor3d(values, [FACE_SIDE, FACE_SIDE, 3]);
    return facesIn(this.finder!, input, [pixels.width, pixels.height]);
  }

  private probabilities(model: tf.LayersModel, input: PageInput, pixels: Pixels, isJpeg: boolean) {
    const values = inputFrom(pixels, input.resizing, isJpeg);
    return outputsOf(model, input, values, this.settings.meaning);
  }
}

/** tfjs would take the words of an error for weights. */
async function fetched(...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...asked);
  if (response.ok) return response;
  const name = new URL(response.url).pathname.split('/').at(-1);
  throw new Error(`the server does not give ${name} (${response.status})`);
}
const loading = { fetchFunc: fetched };

async function outputsOf(
  model: tf.LayersModel,
  { resizing, rescale }: PageInput,
  values: Float32Array,
  meaning: CameraSettings['meaning'],
): Promise<number[]> {
  const { imageSize, channels } = resizing;
  const output = tf.tidy(() => {
    const batch = tf.tensor4d(rescaled(values, rescale, channels), [1, ...imageSize, channels]);
    return byMeaning(meaning, model.predict(batch) as tf.Tensor);
  });
  return Array.from(await output.data().finally(() => output.dispose()));
}
