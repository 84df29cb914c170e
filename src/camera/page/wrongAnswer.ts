import type { Pixels, Square } from '../pixels/pixels';
import { cutSquare } from '../pixels/squares';
import { byId, download, element } from './dom';
import type { CameraSettings } from './settings';

/** A picture that was answered, and what of it the network got. */
export interface Asked {
  pixels: Pixels;
  square: Square | null;
}

const NO_SERVER =
  'Send is not there, since this page is made of files alone and has no server to tell. Save the picture, and put it into the folder of its class for the next training.';
const SERVER = 'Send gives this one picture to the server, with what it really is.';

/**
 * «This is wrong: it is …»: tells the server, or saves the picture.
 *
 * @param freeze stops the pictures and gives the one that was answered last; undefined where there is none
 */
export function offerCorrection(
  { classNames, server }: CameraSettings,
  freeze: () => Asked | undefined,
): void {
  const select = byId<HTMLSelectElement>('true-class');
  select.replaceChildren(...classNames.map((name) => element('option', {}, name)));
  const note = byId('wrong-note');
  note.textContent = server ? SERVER : NO_SERVER;
  byId<HTMLFormElement>('wrong').addEventListener('submit', async (event) => {
    event.preventDefault();
    const asked = freeze();
    if (!asked || !server) return;
    const trueClass = select.value;
    try {
      note.textContent = 'Sending …';
      await send(server, await pngOf(asked), trueClass);
      note.textContent = `Sent: the server knows now that it is ${trueClass}.`;
    } catch (error) {
      note.textContent = `Not sent: ${(error as Error).message}`;
    }
  });
  byId('save').addEventListener('click', async () => {
    const asked = freeze();
    if (asked) download(`${select.value}-${Date.now()}.png`, await pngOf(asked));
  });
}

/** Lets the buttons be pressed as soon as there is an answer. */
export function allowCorrection({ server }: CameraSettings): void {
  byId<HTMLButtonElement>('send').disabled = server === null;
  byId<HTMLButtonElement>('save').disabled = false;
}

/** The server answers the picture itself, and what it has answered has an id. */
async function send(
  server: NonNullable<CameraSettings['server']>,
  picture: Blob,
  trueClass: string,
): Promise<void> {
  const { id } = await post<{ id: string }>(server.predict, 'image/png', picture);
  await post(server.feedback, 'application/json', JSON.stringify({ id, trueClass }));
}

async function post<T>(address: string, type: string, body: BodyInit): Promise<T> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  throw new Error(answer.error?.message ?? answer.error ?? `the server says ${response.status}`);
}

async function pngOf({ pixels, square }: Asked): Promise<Blob> {
  const { width, height, data } = square ? cutSquare(pixels, square) : pixels;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const image = new ImageData(data, width, height);
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG was made')))),
  );
}
