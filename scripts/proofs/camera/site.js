const http = require('node:http');
const express = require('express');

/**
 * Serves a folder as any host of files does.
 * @param {string} folder
 * @returns {Promise<{ address: string, close: () => void }>}
 */
function serveFolder(folder) {
  const server = http.createServer(express().use(express.static(folder)));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ address: `http://localhost:${port}/`, close });
    });
  });
}

module.exports = { serveFolder };
