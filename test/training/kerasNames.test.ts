import ts from 'typescript';
import { runPython } from '../support/keras';

/** What a reader who comes from Keras or fast.ai searches for, and must find in the doc of each callback. */
const COUNTERPARTS: Record<string, { keras: string[]; fastai: string[] }> = {
  StepClock: { keras: ['ProgbarLogger'], fastai: ['Recorder'] },
  keepBestWeights: {
    keras: ['EarlyStopping', 'ModelCheckpoint'],
    fastai: ['SaveModelCallback'],
  },
  keepCheckpoint: {
    keras: ['BackupAndRestore', 'ModelCheckpoint'],
    fastai: ['SaveModelCallback'],
  },
  logRun: { keras: ['CSVLogger'], fastai: ['CSVLogger'] },
  logTensorBoard: { keras: ['TensorBoard'], fastai: ['TensorBoardCallback'] },
  scheduleLearningRate: {
    keras: ['LearningRateScheduler', 'ReduceLROnPlateau'],
    fastai: ['ParamScheduler', 'ReduceLROnPlateau'],
  },
  showProgress: {
    keras: ['ProgbarLogger'],
    fastai: ['ProgressCallback', 'ShowGraphCallback'],
  },
  stopAtAccuracy: { keras: ['Callback', 'EarlyStopping'], fastai: ['fast.ai have none'] },
  stopAtNaN: { keras: ['TerminateOnNaN'], fastai: ['TerminateOnNaNCallback'] },
  stopEarly: { keras: ['EarlyStopping'], fastai: ['EarlyStoppingCallback'] },
};

/** The doc comments of the public functions that give a callback, and of the public classes that are one. */
function callbackDocs(): Map<string, string> {
  const program = ts.createProgram(['src/index.ts'], { strict: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile('src/index.ts')!)!;
  const found = new Map<string, string>();
  for (const name of checker.getExportsOfModule(index)) {
    if (isTypeOnly(name)) continue;
    const symbol = checker.getAliasedSymbol(name);
    const [declaration] = symbol.declarations!;
    const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    const given = ts.isClassDeclaration(declaration!)
      ? checker.getDeclaredTypeOfSymbol(symbol)
      : call?.getReturnType();
    if (!given?.getProperty('setModel') || !given.getProperty('onTrainBegin')) continue;
    found.set(symbol.name, ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  }
  return found;
}

const isTypeOnly = ({ declarations }: ts.Symbol) =>
  declarations!.some((one) => ts.isExportSpecifier(one) && ts.isTypeOnlyExportDeclaration(one));

const docs = callbackDocs();

test('the table names each public callback', () => {
  expect([...docs.keys()].sort()).toEqual(Object.keys(COUNTERPARTS).sort());
});

test.each(Object.entries(COUNTERPARTS))(
  'the doc of %s names what Keras and fast.ai call it',
  (name, { keras, fastai }) => {
    const doc = docs.get(name);
    for (const word of [...keras, ...fastai]) {
      expect(doc).toMatch(new RegExp(`(?<!\\w)${word.replace('.', '\\.')}(?!\\w)`));
    }
    expect(doc).toMatch(/\bKeras\b/);
    expect(doc).toContain('fast.ai');
  },
);

test('Keras has a callback of each of these names', async () => {
  const names = [...new Set(Object.values(COUNTERPARTS).flatMap(({ keras }) => keras))];
  const missing = await runPython<string[]>(
    `
import json, sys, keras
print(json.dumps([name for name in sys.argv[1:]
                  if not issubclass(getattr(keras.callbacks, name, int), keras.callbacks.Callback)]))
`,
    names,
  );
  expect(missing).toEqual([]);
});
