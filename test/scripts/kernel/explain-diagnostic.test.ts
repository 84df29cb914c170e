import { readFileSync } from 'node:fs';

import { explainDiagnostic } from '../../../scripts/kernel/explain-diagnostic';
import { renamedExports, renamedFields } from '../../../scripts/kernel/renamed-exports';

const published = [...readFileSync('src/index.ts', 'utf8').matchAll(/\w+/g)].map(([word]) => word);

test.each([
  [2304, "Cannot find name 'tf'.", "import { tf } from 'smile-lab'"],
  [2503, "Cannot find namespace 'tf'.", "import { tf } from 'smile-lab'"],
  [2304, "Cannot find name 'ImageDataset'.", "import { ImageDataset } from 'smile-lab'"],
  [2304, "Cannot find name 'display'.", "import { display } from 'tslab'"],
  [2304, "Cannot find name 'model'.", 'declares model, run that one first: Run → Run All Above'],
  [
    2552,
    "Cannot find name 'modle'. Did you mean 'model'?",
    'If not, and a cell above declares modle',
  ],
  [
    2304,
    "Cannot find name 'showHistoy'.",
    "If smile-lab's showHistory is meant: import { showHistory }",
  ],
  [2304, "Cannot find name 'imageDataSetFromDirectory'.", 'import { imageDatasetFromDirectory }'],
  [18004, "No value exists in scope for the shorthand property 'labels'.", 'declares labels'],
  [2339, "Property 'add' does not exist on type 'Promise<Tensor>'.", 'await'],
  [
    2345,
    "Argument of type 'Promise<Tensor>' is not assignable to parameter of type 'Tensor'.",
    'await',
  ],
  [2322, "Type 'Promise<number>' is not assignable to type 'number'.", 'await'],
  [
    2305,
    `Module '"smile-lab"' has no exported member 'trainHappyOrSad'.`,
    'smile-lab calls it trainRecipe(happyOrSad, { … }) now.',
  ],
  [
    2724,
    `'"smile-lab"' has no exported member named 'EmotionRun'. Did you mean 'emotion'?`,
    'smile-lab calls it RecipeRun now.',
  ],
  [
    2339,
    "Property 'className' does not exist on type 'Prediction'.",
    'Prediction calls it predictedClass now.',
  ],
  [
    2551,
    "Property 'predicted' does not exist on type 'PictureAnswer'. Did you mean 'predictedClass'?",
    'PictureAnswer calls it predictedClass now.',
  ],
  [
    2353,
    "Object literal may only specify known properties, and 'labels' does not exist in type 'DrawGradCamOptions'.",
    'DrawGradCamOptions calls it captions now.',
  ],
  [
    2305,
    `Module '"smile-lab"' has no exported member 'showImages'.`,
    'smile-lab calls it showPictures now.',
  ],
  [
    2345,
    'Argument of type \'Sequential\' is not assignable to parameter of type \'Pick<Classifier, "model" | "classNames"> & Partial<Classifier>\'.',
    'A classifier is wanted here, not its model alone: { model, classNames }',
  ],
  [
    2488,
    "Type 'Promise<number[]>' must have a '[Symbol.iterator]()' method that returns an iterator.",
    'await',
  ],
  [2365, "Operator '+' cannot be applied to types '1' and 'Promise<number>'.", 'await'],
  [
    2801,
    "This condition will always return true since this 'Promise<boolean>' is always defined.",
    'await',
  ],
  [2322, "Type 'number' is not assignable to type 'Tensor<Rank>'.", 'tf.tensor('],
  [
    2345,
    "Argument of type 'number[][]' is not assignable to parameter of type 'Tensor<Rank> | Tensor<Rank>[]'.",
    'tf.tensor(',
  ],
  [
    2345,
    "Argument of type 'ImageDataset' is not assignable to parameter of type 'Tensor<Rank> | Tensor<Rank>[]'.",
    'fitDataset',
  ],
  [
    2345,
    "Argument of type '() => Promise<number>' is not assignable to parameter of type 'string | ScopeFn<TensorContainer>'.",
    'takes no async function',
  ],
  [
    2488,
    "Type 'ImageDataset' must have a '[Symbol.iterator]()' method that returns an iterator.",
    'await dataset.forEachAsync(',
  ],
  [
    2504,
    "Type 'Dataset<TensorContainer>' must have a '[Symbol.asyncIterator]()' method that returns an async iterator.",
    'await dataset.toArray()',
  ],
  [
    2322,
    `Type 'string' is not assignable to type '"binary" | "int"'.`,
    'const name: "binary" | "int" = …',
  ],
  [
    2322,
    "Type 'number[]' is not assignable to type '[number, number]'.",
    'const name: [number, number] = …',
  ],
])('explainDiagnostic() says what cures %i, %s', (code, messageText, cure) => {
  expect(explainDiagnostic({ code, messageText })).toContain(cure);
});

test('explainDiagnostic() names the type of the parameter where a value of an object is too wide', () => {
  const messageText = `Type 'string' is not assignable to type '"binary" | "int"'.`;
  expect(explainDiagnostic({ code: 2322, messageText }, 'ImageDatasetOptions')).toContain(
    'const name: ImageDatasetOptions = …',
  );
});

test.each([
  `Type '"binray"' is not assignable to type '"binary" | "int"'.`,
  "Type 'number' is not assignable to type 'string'.",
  "Type 'Promise<string>' is not assignable to type 'Promise<number>'.",
  "Argument of type 'Promise<string>' is not assignable to parameter of type 'Promise<number>'.",
])('explainDiagnostic() says nothing of what says it itself: %s', (messageText) => {
  expect(explainDiagnostic({ code: 2322, messageText })).toBeUndefined();
});

test('the names that smile-lab has given up are not among those that it publishes', () => {
  for (const [name, now] of Object.entries(renamedExports)) {
    expect(published).not.toContain(name);
    expect(published).toContain(/^\w+/.exec(now)![0]);
  }
  for (const type of Object.keys(renamedFields)) expect(published).toContain(type);
});
