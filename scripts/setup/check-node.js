// Written in the JavaScript of ten years ago on purpose: an old Node must be able to read it and say what is wrong.
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);
var supported = major > 20 ? major <= 26 : major === 20 && minor >= 19;

if (process.platform !== 'linux') {
  console.error(
    'Smile Lab runs on Linux, and this is "' +
      process.platform +
      '". On Windows use WSL2, on macOS a Linux container; see environment.md.',
  );
  process.exit(1);
}
if (!supported) {
  console.error(
    'Smile Lab needs Node 20.19 to 26, and this is Node ' +
      process.versions.node +
      '. Install Node 24 (https://nodejs.org, or `nvm install 24`) and run the command again.',
  );
  process.exit(1);
}

module.exports = {};
