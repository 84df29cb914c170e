import { explainDiagnostic } from '../../../scripts/kernel/explain-diagnostic';

test.each([
  [2304, "Cannot find name 'tf'.", "import { tf } from 'smile-lab'"],
  [2503, "Cannot find namespace 'tf'.", "import { tf } from 'smile-lab'"],
  [2304, "Cannot find name 'ImageDataset'.", "import { ImageDataset } from 'smile-lab'"],
  [2304, "Cannot find name 'display'.", "import { display } from 'tslab'"],
  [2304, "Cannot find name 'model'.", 'declares model, run that one first: Run → Run All Above'],
  [2552, "Cannot find name 'modle'. Did you mean 'model'?", 'declares modle'],
  [18004, "No value exists in scope for the shorthand property 'labels'.", 'declares labels'],
  [2339, "Property 'add' does not exist on type 'Promise<Tensor>'.", 'await'],
])('explainDiagnostic() says what cures %i, %s', (code, messageText, cure) => {
  expect(explainDiagnostic({ code, messageText })).toContain(cure);
});

test('explainDiagnostic() says nothing of what says it itself', () => {
  const messageText = "Type 'number' is not assignable to type 'string'.";
  expect(explainDiagnostic({ code: 2322, messageText })).toBeUndefined();
});
