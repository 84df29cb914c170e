import type { NextFunction, Request, Response } from 'express';
import { isToken } from '../serving/token';

const FORBIDDEN = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Smile Lab dashboard</title>
<h1>This address needs its token</h1>
<p>Open the whole address that the terminal or the notebook shows, with what stands behind <code>?token=</code>.</p>
<p>It is shown again by <code>npm run dashboard</code>, or by <code>openDashboard()</code> in a cell.</p></html>
`;

/**
 * Lets those in who know the token: from the address, which then becomes a cookie and is gone from the address, or from
 * that cookie. All others get 403.
 *
 * @param port is in the cookie's name, since browsers share the cookies of all ports of a computer
 */
export function requireToken(token: string, port: () => number) {
  const cookieName = () => `smile-lab-dashboard-${port()}`;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (isToken(token, request.query['token'])) {
      // Lax, so that a link in a notebook of another port gets in.
      response.cookie(cookieName(), token, { httpOnly: true, sameSite: 'lax', path: '/' });
      response.redirect(302, './');
      return;
    }
    if (isToken(token, cookieOf(request, cookieName()))) return next();
    response.status(403).type('html').send(FORBIDDEN);
  };
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * Answers only those who call this computer by one of its own names: a page of elsewhere whose name was bound anew to
 * 127.0.0.1 (DNS rebinding) gives itself away by the name that it calls. Jupyter's proxy leaves the name of its own server,
 * which may be any, and says whom it stands for; a page that pretends to be one still lacks the token.
 */
export function requireOwnHost(port: () => number) {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]']);
  return (request: Request, response: Response, next: NextFunction): void => {
    const [, name, given] =
      /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(request.headers.host ?? '') ?? [];
    if (name !== undefined && names.has(name) && Number(given ?? 80) === port()) return next();
    if (request.headers['x-forwarded-context'] !== undefined) return next();
    response.status(403).type('text').send('This name of the computer is not answered.\n');
  };
}
