import { startEngine } from './callEngine';
import { byId, chosen, showProblem } from './dom';
import type { Answer, Look, Question } from './engine';
import type { CameraSettings } from './settings';
import { countFrame, forgetFrames, makeBars, showAnswer, showPicture } from './showAnswer';
import { openCamera, openFile, type Source } from './source';
import type { Backend } from './startBackend';
import { offerTeaching } from './teach';
import { allowCorrection, type Asked, offerCorrection } from './wrongAnswer';

const ENGINES: Record<Backend, string> = {
  webgpu: 'computed by WebGPU on the graphics card',
  wasm: 'computed by WebAssembly on the processor',
};

const engine = startEngine();
const wanted = new URLSearchParams(location.search).get('engine') as Backend | null;
const loaded = engine.load(wanted ?? undefined);
const [camera, freezing] = [byId<HTMLButtonElement>('camera'), byId<HTMLButtonElement>('freeze')];

let settings: CameraSettings;
let taughtNames: string[] = [];
let source: Source | undefined;
/** The picture that is shown, and the one that was answered last. */
let shown: Question['pixels'] | undefined;
let asked: Asked | undefined;
let isFrozen = false;

loaded.then(
  ({ settings: given, backend }) => {
    settings = given;
    byId('engine').textContent = `Your network is ready, ${ENGINES[backend]}`;
    const { classNames, hasFaces, backbone } = given;
    makeBars(classNames);
    byId('no-faces').hidden = hasFaces;
    lookAt(hasFaces ? 'face' : 'middle');
    offerCorrection(given, () => {
      if (source?.isMoving && asked) setFrozen(true);
      return asked;
    });
    if (backbone) offerTeaching({ engine, current, isMoving, onTaught }, backbone.name);
  },
  (error: Error) => {
    byId('engine').textContent = 'Not ready';
    showProblem(`Your network cannot be loaded: ${error.message}. Load the page again.`);
  },
);

function lookAt(look: Look): void {
  const radios = document.querySelectorAll<HTMLInputElement>('input[name="look"]');
  for (const radio of radios) {
    radio.checked = radio.value === look;
    radio.disabled = radio.value === 'face' && !settings.hasFaces;
  }
}

function current(): Question | undefined {
  if (!source || !shown) return undefined;
  const [look, who] = [chosen('look') as Look, chosen('who') as Question['who']];
  const { isJpeg } = source;
  return { pixels: shown, isJpeg, look, isMoving: isMoving(), who };
}

function isMoving(): boolean {
  return !!source?.isMoving && !isFrozen;
}

function onTaught(classNames: string[]): void {
  taughtNames = classNames;
  document.querySelector<HTMLInputElement>('input[name="who"][value="taught"]')!.checked = true;
  onWho();
}

function onWho(): void {
  makeBars(chosen('who') === 'taught' ? taughtNames : settings.classNames);
  if (!isMoving()) void answerShown();
}

/** Takes pictures from a new source, until there is another. */
async function use(opening: Promise<Source>): Promise<void> {
  showProblem();
  let opened: Source;
  try {
    opened = await opening;
  } catch (error) {
    return showProblem((error as Error).message);
  }
  stop();
  source = opened;
  camera.textContent = opened.isCamera ? 'Stop the camera' : 'Start the camera';
  camera.classList.toggle('main', !opened.isCamera);
  freezing.disabled = !opened.isMoving;
  setMirrored(opened.isCamera);
  try {
    await loaded;
    do {
      if (isFrozen)
        await new Promise((resolve) => freezing.addEventListener('thaw', resolve, { once: true }));
      const pixels = await opened.next();
      if (source !== opened) return;
      if (isFrozen) continue;
      shown = pixels;
      await answerShown();
      if (opened.isMoving && source === opened) countFrame();
    } while (opened.isMoving && source === opened);
  } catch (error) {
    if (source === opened) showProblem(`The network gives no answer: ${(error as Error).message}`);
  }
}

async function answerShown(): Promise<void> {
  const [from, question] = [source, current()];
  if (!question) return;
  const answer: Answer | undefined = await engine.answer(question);
  const isStale = source !== from || question.who !== (current()?.who ?? question.who);
  if (isStale) return;
  showPicture(question.pixels, answer?.square);
  showAnswer(answer);
  if (!answer) return;
  asked = { pixels: question.pixels, square: answer.square };
  allowCorrection(settings);
}

function stop(): void {
  source?.stop();
  source = shown = asked = undefined;
  forgetFrames();
  setFrozen(false);
}

function setFrozen(frozen: boolean): void {
  isFrozen = frozen;
  freezing.setAttribute('aria-pressed', String(frozen));
  if (frozen) return forgetFrames();
  freezing.dispatchEvent(new Event('thaw'));
}

function setMirrored(mirrored: boolean): void {
  byId('mirror').setAttribute('aria-pressed', String(mirrored));
  byId('view').classList.toggle('mirrored', mirrored);
}

function stopCamera(): void {
  stop();
  camera.textContent = 'Start the camera';
  camera.classList.add('main');
  freezing.disabled = true;
}

camera.addEventListener('click', () => {
  if (source?.isCamera) return stopCamera();
  void use(
    openCamera(() => {
      if (!source?.isCamera) return;
      stopCamera();
      showProblem('The camera is gone. Was it pulled out? Start it again once it is there.');
    }),
  );
});
freezing.addEventListener('click', () => setFrozen(!isFrozen));
byId('mirror').addEventListener('click', () =>
  setMirrored(byId('mirror').getAttribute('aria-pressed') !== 'true'),
);
byId('look').addEventListener('change', () => isMoving() || void answerShown());
byId('who').addEventListener('change', onWho);
const file = byId<HTMLInputElement>('file');
file.addEventListener('change', () => {
  const [given] = file.files ?? [];
  if (given) void use(openFile(given, engine));
  // The same file may be opened again.
  file.value = '';
});

const stage = byId('stage');
stage.addEventListener('dragover', (event) => {
  event.preventDefault();
  stage.classList.add('over');
});
stage.addEventListener('dragleave', () => stage.classList.remove('over'));
stage.addEventListener('drop', (event) => {
  event.preventDefault();
  stage.classList.remove('over');
  const [given] = event.dataTransfer?.files ?? [];
  if (given) void use(openFile(given, engine));
});

// Offline, and as an app.
void navigator.serviceWorker?.register('./service-worker.js').catch(() => {});
