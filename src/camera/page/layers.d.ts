/** Made by `bundlePage`: all layers of the library. */
declare module 'smile-lab:layers';
