// tslab's modules, loaded once its compiler is mended: whoever needs one of them takes it from here.
require('./lend-typescript').lendTypeScript();

module.exports = {
  ...require('tslab/dist/converter'),
  ...require('tslab/dist/executor'),
  ...require('tslab/dist/metadata'),
  /** Not spread: `display` looks for its writer in this very object. */
  jupyter: require('tslab/dist/jupyter'),
};
