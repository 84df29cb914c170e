import type { Pixels } from '../pixels/pixels';
import type { CalledEngine } from './callEngine';

/** Where pictures come from. */
export interface Source {
  /** Whether there will be others. */
  isMoving: boolean;
  /** Whether people see themselves in it. */
  isCamera: boolean;
  isJpeg: boolean;
  /** Waits for the next picture. */
  next(): Promise<Pixels>;
  stop(): void;
}

/** What was asked, and what can be done about it. */
const CAMERA_PROBLEMS: Record<string, string> = {
  NotAllowedError:
    'The camera was refused. Allow it beside the address of this page and start it again, or open a picture.',
  NotFoundError: 'No camera was found on this device. Open a picture or a video instead.',
  NotReadableError:
    'The camera does not answer; another program may be using it. Close that one and start it again.',
};

/**
 * Opens the camera.
 *
 * @param onEnd is called when it goes away by itself
 * @throws {Error} in words when it is refused, or there is none
 */
export async function openCamera(onEnd: () => void): Promise<Source> {
  if (!navigator.mediaDevices) {
    throw new Error(
      'A browser lends its camera only to pages whose address begins with https:// or http://localhost. Open a picture or a video instead.',
    );
  }
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: false, video: { facingMode: 'user', width: { ideal: 640 } } })
    .catch((error: DOMException) => {
      throw new Error(CAMERA_PROBLEMS[error.name] ?? `The camera does not start: ${error.message}`);
    });
  stream.getTracks().forEach((track) => track.addEventListener('ended', onEnd));
  const source = await playing({ srcObject: stream });
  const stop = () => {
    source.stop();
    stream.getTracks().forEach((track) => track.stop());
  };
  return { ...source, isCamera: true, stop };
}

/**
 * Opens a file that was chosen or dropped.
 *
 * @throws {Error} in words when the browser can read neither a picture nor a video in it
 */
export async function openFile(file: File, engine: CalledEngine): Promise<Source> {
  if (file.type.startsWith('video/')) {
    const src = URL.createObjectURL(file);
    const source = await playing({ src, loop: true }).catch(() => {
      URL.revokeObjectURL(src);
      throw new Error(`Cannot open "${file.name}": this browser cannot play it (MP4 or WebM)`);
    });
    const stop = () => {
      source.stop();
      URL.revokeObjectURL(src);
    };
    return { ...source, stop };
  }
  const { pixels, isJpeg } = await engine.open(file).catch((error: Error) => {
    throw new Error(`Cannot open "${file.name}": ${error.message}`);
  });
  return { isMoving: false, isCamera: false, isJpeg, next: async () => pixels, stop() {} };
}

async function playing(properties: Partial<HTMLVideoElement>): Promise<Source> {
  const video = Object.assign(document.createElement('video'), properties, {
    muted: true,
    playsInline: true,
  });
  await video.play();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let isFirst = true;
  return {
    isMoving: true,
    isCamera: false,
    isJpeg: false,
    async next() {
      // The first picture is there already.
      if (!isFirst) await nextFrame(video);
      isFirst = false;
      const { videoWidth: width, videoHeight: height } = video;
      Object.assign(canvas, { width, height });
      context.drawImage(video, 0, 0);
      return { width, height, data: context.getImageData(0, 0, width, height).data };
    },
    stop: () => video.pause(),
  };
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    else requestAnimationFrame(() => resolve());
  });
}
