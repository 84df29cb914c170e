const path = require('node:path');
const { Project } = require('./project');
const { temporaryFolder } = require('./temporary-folder');

/** @type {Project | undefined} */
let ready;

/** The one project that is set up already, for the proofs that need no fresh one; they leave src as they found it. */
async function readyProject() {
  ready ??= new Project(path.join(temporaryFolder({ keep: true }), 'smile-lab'));
  const { status, stderr } = await ready.setUp();
  if (status !== 0) throw new Error(`Cannot set up a project for the proofs: ${stderr}`);
  return ready;
}

module.exports = { readyProject };
