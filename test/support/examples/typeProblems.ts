import path from 'node:path';
import ts from 'typescript';
import { exampleImports } from './exampleImports';
import type { Example } from './readExamples';

/**
 * Checks the types of examples, each as a file of its own beside the one that it explains.
 *
 * @returns the compiler's sentences, by the examples' places; those without a problem are not named
 */
export function typeProblems(examples: readonly Example[]): Map<string, string[]> {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile.bind(ts.sys)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  // An example may declare what it does not use.
  Object.assign(options, { noUnusedLocals: false, allowJs: false, checkJs: false });
  const written = new Map(
    examples.map((example, i) => {
      const name = path.resolve(path.dirname(example.file), `__example${i}.ts`);
      const { statements } = exampleImports(example);
      return [name, { example, text: `${statements.join(';\n')};\n${example.code}\nexport {};\n` }];
    }),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (name) => written.get(name)?.text ?? readFile(name);
  host.fileExists = (name) => written.has(name) || fileExists(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version, ...more) => {
    const found = written.get(name);
    return found
      ? ts.createSourceFile(name, found.text, version)
      : getSourceFile(name, version, ...more);
  };
  options.module = ts.ModuleKind.ES2022; // for the await at their top
  const program = ts.createProgram([...written.keys()], options, host);
  const problems = new Map<string, string[]>();
  for (const [name, { example }] of written) {
    const source = program.getSourceFile(name)!;
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    if (found.length > 0) problems.set(example.place, found);
  }
  return problems;
}
