const { root } = require('../../setup/paths');

const STAGES_A_VERSION = 10;

/** usage: node write-versions.js REGISTRY MODEL   registers, promotes and rolls back until it is killed */
(async () => {
  const lab = require(root);
  const [, , folder = '', model = ''] = process.argv;
  const registry = lab.openRegistry(folder);
  for (;;) {
    const { version } = await registry.add('faces', model);
    // A stage is written in a moment, a version takes long: of both enough kills must come in between.
    for (let i = 0; i < STAGES_A_VERSION; i++) {
      await registry.promote(`faces@${i % 2 === 0 ? version : 1}`);
      if (i % 3 === 0 && version > 1) await registry.rollback('faces');
    }
    process.stdout.write('.');
  }
})();
