import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NextFunction, Request, Response } from 'express';

/** What nodeplotlib's page takes from the network: plotly.js, and what begins a font. */
const PLOTLY = /https:\/\/cdn\.plot\.ly\/[^"]*/;
const FONTS = /<link rel="preconnect"[^>]*>|<style type="text\/css">@font-face.*?<\/style>/gs;

const OWN = "default-src 'self' 'unsafe-inline' 'unsafe-eval'; img-src 'self' data:";

/**
 * Serves nodeplotlib's page so that it draws where there is no network: plotly.js comes from this computer, and the page
 * may ask nobody else.
 *
 * @returns a handler for the web framework
 * @throws {Error} when nodeplotlib's page is not as it was in version 1.1.2
 */
export async function withoutNetwork() {
  const web = path.join(path.dirname(require.resolve('nodeplotlib')), 'lib', 'server', 'web');
  const original = await readFile(path.join(web, 'index.html'), 'utf8');
  if (!PLOTLY.test(original)) {
    throw new Error(
      "Cannot serve nodeplotlib's page: the place where it loads plotly.js is not found",
    );
  }
  const page = original.replace(PLOTLY, '/plotly.js').replace(FONTS, '');
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/plotly.js') {
      response.sendFile(require.resolve('plotly.js-basic-dist-min'));
    } else if (path.extname(request.path) === '') {
      // The page changes its own address: a reload asks for /plots.
      response.set('Content-Security-Policy', OWN).type('html').send(page);
    } else {
      next();
    }
  };
}
