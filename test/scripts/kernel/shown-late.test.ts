import { type CellOutput, executeCells } from '../../support/kernel';

const kindsOf = (outputs: CellOutput[]) =>
  outputs.map(
    ({ output_type, name, data, ename }) =>
      ename ?? name ?? Object.keys(data ?? {}).sort()[0] ?? output_type,
  );

test('a picture that is shown without await stands under its own cell, and never under another', async () => {
  const cells = [
    "import * as L from 'smile-lab'; const h = { loss: [1, 0.5] };",
    'void L.showHistory(h);',
    '1 + 1',
    'await L.showHistory(h);',
    "void L.showPictures(['nowhere.png']);",
    "import { display } from 'tslab'; const timer = setTimeout(() => display.html('<b>late</b>'), 300);",
    'await new Promise((end) => setTimeout(end, 1000));',
  ];
  const outputs = await executeCells(cells.map((source) => ({ source })));
  expect(outputs.map(kindsOf)).toEqual([
    [],
    ['image/png'],
    ['text/plain'],
    ['image/png'],
    ['stderr'],
    [],
    [],
  ]);
}, 120_000);
