// Written in the JavaScript of ten years ago on purpose: an old Node must be able to read it and say what is wrong.
var version = process.versions.node.split('.').map(Number);
var supported =
  process.platform === 'linux' &&
  version[0] <= 26 &&
  (version[0] > 20 || (version[0] === 20 && version[1] >= 19));

if (!supported) {
  console.error(
    process.platform === 'linux'
      ? 'Smile Lab needs Node 20.19 to 26, and this is Node ' +
          process.versions.node +
          '. Install Node 24 (https://nodejs.org, or `nvm install 24`) and run the command again.'
      : 'Smile Lab runs on Linux, and this is "' +
          process.platform +
          '". On Windows use WSL2, on macOS a Linux container; see environment.md.',
  );
  process.exit(1);
}
