require('./setup/check-node');
const path = require('node:path');
const { dist } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run dashboard [-- OPTIONS]`: the page that follows this project's trainings; `-- --help` tells the options. */
afterSetUp(() => require(path.join(dist, 'dashboard', 'serve.js')).serve(process.argv.slice(2)));
