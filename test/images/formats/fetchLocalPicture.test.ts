import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { fetchLocalPicture } from '../../../src/images/formats/fetchLocalPicture';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { png } from '../../support/pictures';

let server: http.Server;
let port: number;
const asked: string[] = [];
let silent: Promise<Error>;

beforeAll(async () => {
  const red = await png(255, 0, 0);
  server = http.createServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/red.png') response.end(red);
    else if (request.url === '/elsewhere') {
      response.writeHead(302, { location: 'http://example.com/a.png' }).end();
    } else if (request.url === '/endless') {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(2 ** 20)));
      };
      response.on('drain', more);
      more();
    } else if (request.url === '/cut-off') response.destroy();
    else if (request.url === '/half') {
      response.writeHead(200, { 'content-length': red.length });
      response.write(red.subarray(0, 10), () => response.destroy());
    } else if (request.url !== '/silent') response.writeHead(404).end('no such picture');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  // Ten seconds of waiting, while the other tests run.
  silent = fetchLocalPicture(`http://127.0.0.1:${port}/silent`).then(
    () => new Error('It was fetched'),
    (error: Error) => error,
  );
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each(['127.0.0.1', 'localhost'])('loadImage() opens http://%s', async (host) => {
  const image = await loadImage(`http://${host}:${port}/red.png`, { imageSize: [1, 1] });
  expect(image.arraySync()).toEqual([[[255, 0, 0]]]);
  image.dispose();
});

test('fetchLocalPicture() asks [::1] as well', async () => {
  // Nothing listens there: on a machine without IPv6 the reason is another one.
  const address = `http://[::1]:${port}/red.png`;
  await expect(fetchLocalPicture(address)).rejects.toThrow(
    /^Cannot read picture "http:\/\/\[::1\]:\d+\/red.png": (?!its address)/,
  );
});

test.each([
  'http://example.com/a.png',
  'https://localhost/a.png',
  'http://localhost.example.com/a.png',
  'http://localhost@example.com/a.png',
  'http://10.0.0.1/a.png',
  'file:///etc/passwd',
  'ftp://localhost/a.png',
  'http://',
])('fetchLocalPicture(%j) is refused, and nothing is asked', async (address) => {
  await expect(fetchLocalPicture(address)).rejects.toThrow(
    `Cannot read picture ${JSON.stringify(address)}: its address must begin with http://localhost, http://127.0.0.1 or http://[::1]; nothing is fetched from elsewhere, so save the picture first and give its path`,
  );
});

test.each([
  ['/elsewhere', 'its server must answer 200, it answered 302'],
  ['/nowhere', 'its server must answer 200, it answered 404'],
  ['/endless', 'it has more than 104857600 bytes'],
  ['/cut-off', 'its server ended the connection'],
  ['/half', 'its server ended the connection'],
])('fetchLocalPicture() refuses the answer to %s', async (path, reason) => {
  const address = `http://127.0.0.1:${port}${path}`;
  await expect(fetchLocalPicture(address)).rejects.toThrow(
    `Cannot read picture "${address}": ${reason}`,
  );
});

test('fetchLocalPicture() follows no redirection', () => {
  expect(asked).toContain('/elsewhere');
  expect(asked).not.toContain('/a.png');
});

test('fetchLocalPicture() says when no server runs', async () => {
  const closed = http.createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port: free } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await expect(fetchLocalPicture(`http://127.0.0.1:${free}/a.png`)).rejects.toThrow(
    'its server does not run, the connection was refused',
  );
});

test('fetchLocalPicture() does not wait for ever', async () => {
  expect((await silent).message).toBe(
    `Cannot read picture "http://127.0.0.1:${port}/silent": its server did not send it within 10 seconds`,
  );
});
