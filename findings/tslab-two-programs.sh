#!/usr/bin/env bash
# tslab 1.0.22 with the TypeScript 5.0.4 that it brings.
# Expected: a cell is compiled once: one program of the compiler for each.
# Seen: a cell that declares a name is compiled twice, the first time only to learn its names, and each program also works out
#   which file depends on which of all that the cell imports:
#     declares nothing: 1 program; declares a name: 2 programs
# Where this concerns us: scripts/kernel/one-program.js reads the names from the cell alone.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts tslab@1.0.22 @types/node@20.17.6 >/dev/null
cat >count.js <<'JS'
const loaded = require.resolve('@tslab/typescript-for-tslab');
const ts = require(loaded);
let programs = 0;
require.cache[loaded].exports = {
  ...ts,
  createWatchCompilerHost(files, options, system, create, ...rest) {
    const counted = (...given) => {
      programs += 1;
      return ts.createEmitAndSemanticDiagnosticsBuilderProgram(...given);
    };
    return ts.createWatchCompilerHost(files, options, system, create ?? counted, ...rest);
  },
};
const converter = require('tslab/dist/converter').createConverter({ isJS: false, isBrowser: false });
const count = (cell) => {
  programs = 0;
  const { diagnostics } = converter.convert('', cell);
  if (diagnostics.length > 0) throw new Error(diagnostics[0].messageText);
  return `${programs} program${programs === 1 ? '' : 's'}`;
};
console.log(`declares nothing: ${count('1 + 1;')}; declares a name: ${count('const two = 2;')}`);
converter.close();
JS
seen=$(node count.js)
echo "$seen"
[ "$seen" = 'declares nothing: 1 program; declares a name: 2 programs' ]
