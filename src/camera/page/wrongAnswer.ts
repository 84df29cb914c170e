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
const NO_FEEDBACK =
  'Send is not there, since this server keeps no corrections. Save the picture, and put it into the folder of its class for the next training.';
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
  note.textContent = server === null ? NO_SERVER : server.feedback === null ? NO_FEEDBACK : SERVER;
  byId<HTMLFormElement>('wrong').addEventListener('submit', async (event) => {
    event.preventDefault();
    const asked = freeze();
    if (!asked || !server?.feedback) return;
    const trueClass = select.value;
    try {
      note.textContent = 'Sending …';
      const id = await answeredAs(server.predict, await pngOf(asked));
      await post(server.feedback, 'application/json', JSON.stringify({ id, trueClass }));
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
  byId<HTMLButtonElement>('send').disabled = !server?.feedback;
  byId<HTMLButtonElement>('save').disabled = false;
}

/** Lets the server answer the picture itself. @returns the id of what it has answered */
async function answeredAs(address: string, picture: Blob): Promise<string> {
  const response = await post(address, 'image/png', picture);
  const { id } = (await response.json()) as { id?: string };
  return id ?? response.headers.get('X-Request-Id') ?? '';
}

async function post(address: string, type: string, body: BodyInit): Promise<Response> {
  const headers = { 'Content-Type': type };
  const response = await fetch(address, { method: 'POST', headers, body });
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Error(error ?? `the server says ${response.status}`);
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
