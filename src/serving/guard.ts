import os from 'node:os';
import type { NextFunction, Request, Response } from 'express';
import { ServingError } from './ServingError';
import { isToken } from './token';

/** Names of this computer that no other can have. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
/** Addresses that stand for all of this computer's. */
const EVERYWHERE = ['0.0.0.0', '::'];

/** Whether only this computer can call an address that is listened on. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as it stands in an address. */
export function inAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Answers only those who call this computer by one of its own names: a page of elsewhere whose name was bound anew to this
 * address (DNS rebinding) gives itself away by the name that it calls. A page of another origin is sent away, too, also
 * where it does not want to see the answer.
 *
 * @param host that is listened on
 * @param others names that a proxy in front of it calls it by
 */
export function requireOwnHost(host: string, others: readonly string[]) {
  const names = new Set([...LOOPBACK, inAddress(host), ...others]);
  if (EVERYWHERE.includes(host)) for (const name of ownNames()) names.add(name);
  return (request: Request, _: Response, next: NextFunction): void => {
    const { host: called = '', origin } = request.headers;
    const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(called.toLowerCase())?.[1];
    if (name === undefined || !names.has(name)) {
      throw new ServingError(403, 'This name of the computer is not answered');
    }
    const isOfOthers = origin !== undefined && hostOf(origin) !== called.toLowerCase();
    if (isOfOthers) throw new ServingError(403, 'Pages of other servers are not answered');
    next();
  };
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

function ownNames(): string[] {
  const addresses = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
  return [os.hostname().toLowerCase(), ...addresses.map(({ address }) => inAddress(address))];
}

/**
 * Lets those in who know the token: from the header `Authorization: Bearer …`; or for a page from its address, which then
 * becomes a cookie and is gone from the address, or from that cookie.
 *
 * @param port is in the cookie's name, since browsers share the cookies of all ports of a computer
 */
export function requireToken(token: string, port: () => number) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (isToken(token, bearer)) return next();
    const cookie = `smile-lab-server-${port()}`;
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const known = pairs.find((pair) => pair.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
    if (isToken(token, known)) return next();
    if (request.method === 'GET' && isToken(token, request.query['token'])) {
      response.cookie(cookie, token, { httpOnly: true, sameSite: 'lax', path: '/' });
      response.redirect(302, request.path);
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    throw new ServingError(401, 'A token is required: Authorization: Bearer …');
  };
}
