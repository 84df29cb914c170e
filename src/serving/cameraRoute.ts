import path from 'node:path';
import type { Express, Request, Response } from 'express';
import { type CameraFiles, cameraFiles } from '../camera/cameraFiles';
import type { Engine } from './Engine';
import type { ServedModel } from './servedModel';
import { ServingError } from './ServingError';

/** What the page and its worker may do: nothing with another host. A notebook of this computer may show it in a frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*",
].join('; ');

/** Behind «Teach me». */
const BACKBONE = 'efficientnet-lite0';

/**
 * `/camera/`: the page that asks the model in use about what a camera sees. It is made when somebody asks for it first, which
 * takes some seconds, and anew for another model.
 *
 * @param feedback where the page sends what a picture really is, from the page; null where the server keeps no such thing
 */
export function cameraRoute(app: Express, engine: Engine, feedback: string | null): void {
  const made = new WeakMap<ServedModel, Promise<CameraFiles>>();
  const pageOf = (model: ServedModel): Promise<CameraFiles> => {
    const making =
      made.get(model) ??
      cameraFiles(model.classifier, {
        backbone: BACKBONE,
        server: { predict: '../predict', feedback },
      });
    made.set(model, making);
    // What is missing may be brought meanwhile.
    making.catch(() => made.delete(model));
    return making;
  };
  app.get(['/camera', '/camera/:file'], async (request: Request, response: Response) => {
    // The page's files lie beside it.
    if (request.path === '/camera') return response.redirect(302, '/camera/');
    const { file = 'index.html' } = request.params as { file?: string };
    const { files } = await pageOf(engine.find());
    const content = files.get(file);
    if (!content) throw new ServingError(404, 'The camera page has no file of this name');
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Referrer-Policy': 'no-referrer',
    });
    response.type(path.extname(file)).send(content);
  });
}
