import type { Pixels, Square } from '../pixels/pixels';
import { byId, element, percent } from './dom';
import type { Answer } from './engine';

/** A screen reader says a new class only once it has stayed for so long. */
const SPOKEN_AFTER = 1000; // ms
/** Frames a second are those of the last two seconds. */
const WINDOW = 2000; // ms

let bars: Array<{ meter: HTMLElement; fill: HTMLElement; number: HTMLElement }> = [];
let names: readonly string[] = [];
let times: number[] = [];
let spoken: { text: string; timer: number } = { text: '', timer: 0 };

/** Makes a bar for each class. */
export function makeBars(classNames: readonly string[]): void {
  names = classNames;
  const made = classNames.map((name) => {
    const fill = element('div', { className: 'fill' });
    const meter = element('div', { className: 'track' }, fill);
    const attributes = {
      role: 'meter',
      'aria-label': name,
      'aria-valuemin': 0,
      'aria-valuemax': 1,
    };
    for (const [key, value] of Object.entries(attributes)) meter.setAttribute(key, String(value));
    const number = element('span', { className: 'number' }, '–');
    const label = element('span', { className: 'name' }, name);
    return { meter, fill, number, row: element('li', {}, label, meter, number) };
  });
  bars = made;
  byId('bars').replaceChildren(...made.map(({ row }) => row));
}

/** Shows what the network says; undefined where no face was found. */
export function showAnswer(answer: Answer | undefined): void {
  if (!answer) return say('No face found');
  const { probabilities, seen } = answer;
  probabilities.forEach((probability, i) => {
    const { meter, fill, number } = bars[i]!;
    meter.setAttribute('aria-valuenow', String(probability));
    fill.style.transform = `scaleX(${probability})`;
    number.textContent = percent(probability);
  });
  const best = probabilities.indexOf(Math.max(...probabilities));
  say(`${names[best]}`, ` (${percent(probabilities[best]!)})`);
  draw(byId<HTMLCanvasElement>('seen'), seen);
  byId('seen-size').textContent = `What the network gets: ${seen.width} × ${seen.height} pixels`;
}

/** Shows a picture, and where the network looks. */
export function showPicture(pixels: Pixels, square: Square | null | undefined): void {
  const view = byId<HTMLCanvasElement>('view');
  draw(view, pixels);
  view.hidden = false;
  byId('hint').hidden = true;
  byId('stage').classList.add('full');
  if (!square) return;
  const context = view.getContext('2d')!;
  const thin = Math.max(1, Math.max(pixels.width, pixels.height) / 200);
  // White on black is seen on every picture.
  for (const [colour, width] of [
    ['#000000', 3 * thin],
    ['#ffffff', thin],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(square.left, square.top, square.side, square.side);
  }
}

/** Counts an answer about a moving picture. */
export function countFrame(): void {
  const now = performance.now();
  times = [...times.filter((time) => now - time < WINDOW), now];
  if (times.length < 2) return;
  const rate = (1000 * (times.length - 1)) / (now - times[0]!);
  const speed = byId('speed');
  speed.textContent = `${rate.toFixed(1)} frames a second`;
  speed.dataset['rate'] = String(rate);
}

/** After a pause they are counted anew. */
export function forgetFrames(): void {
  times = [];
  byId('speed').textContent = '';
}

function say(text: string, details = ''): void {
  byId('said').textContent = text + details;
  if (text === spoken.text) return;
  clearTimeout(spoken.timer);
  const timer = setTimeout(() => (byId('spoken').textContent = text), SPOKEN_AFTER);
  spoken = { text, timer: timer as unknown as number };
}

function draw(canvas: HTMLCanvasElement, { width, height, data }: Pixels): void {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const image = new ImageData(data, width, height);
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
