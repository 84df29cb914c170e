/** Filled in as the page is made: the files of the page, and a name that changes with their content. */
declare const PAGE_FILES: string[];
declare const PAGE_VERSION: string;

/** What is known here of a service worker's own types. */
interface Waiting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const PREFIX = 'smile-lab-camera-';
const CACHE = PREFIX + PAGE_VERSION;

self.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(PAGE_FILES.map((file) => `./${file}`));
  };
  (event as Waiting).waitUntil(fill());
});

self.addEventListener('activate', (event) => {
  const clean = async () => {
    const old = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== CACHE);
    await Promise.all(old.map((key) => caches.delete(key)));
  };
  (event as Waiting).waitUntil(clean());
});

// What the host has now comes first, so that a page that was made again is seen at once; without a network, what was kept.
self.addEventListener('fetch', (event) => {
  const { request } = event as Fetching;
  if (request.method !== 'GET') return;
  const answer = async () => {
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await caches.match(request, { ignoreSearch: true });
      if (kept) return kept;
      throw error;
    }
  };
  (event as Fetching).respondWith(answer());
});
