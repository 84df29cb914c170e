import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as published from '../src';
import { missingTypes } from './support/publicApi/missingTypes';

test('smile-lab publishes the names that the lessons import, and no more', () => {
  expect(Object.keys(published).sort()).toEqual([
    'BinaryAccuracy',
    'Precision',
    'Recall',
    'StepClock',
    'UnreadablePicture',
    'balancedClassWeights',
    'buildEmotion',
    'buildHappyOrSad',
    'checkPictures',
    'compareWithOriginal',
    'confusionMatrix',
    'crossValidate',
    'describeCheck',
    'describeEvaluation',
    'describeEvidence',
    'drawActivations',
    'drawConfusionMatrix',
    'drawEmbedding',
    'drawFilters',
    'drawGradCam',
    'drawHistory',
    'drawImages',
    'drawModel',
    'drawOcclusion',
    'drawPredictions',
    'drawSuspects',
    'drawTopLosses',
    'embeddingOf',
    'emotion',
    'evaluateClassifier',
    'evaluatePictures',
    'featureMaps',
    'fileProgress',
    'filtersOf',
    'gradCam',
    'happyOrSad',
    'holdOutStyle',
    'imageDatasetFromDirectory',
    'imageDatasetFromFiles',
    'kFold',
    'keepBestWeights',
    'keepCheckpoint',
    'kerasAdam',
    'loadClassifier',
    'loadImage',
    'loadKeras',
    'logEvaluation',
    'logRun',
    'logTensorBoard',
    'occlusionMap',
    'openDashboard',
    'predictFolder',
    'predictPicture',
    'quarantineInvalid',
    'readRunLog',
    'restoreQuarantined',
    'resumeTraining',
    'rocAuc',
    'saveClassifier',
    'saveKeras',
    'scheduleLearningRate',
    'showActivations',
    'showConfusionMatrix',
    'showEmbedding',
    'showFilters',
    'showGradCam',
    'showHistory',
    'showImages',
    'showModel',
    'showOcclusion',
    'showPredictions',
    'showProgress',
    'showSuspects',
    'showTopLosses',
    'splitPictures',
    'stopAtAccuracy',
    'stopAtNaN',
    'stopEarly',
    'stopTrainings',
    'tf',
    'trainRecipe',
    'trainingDevice',
    'wilsonInterval',
  ]);
});

test('every type that a public signature mentions can be imported', () => {
  expect(missingTypes('src/index.ts')).toEqual([]);
});

test('a type that a public signature mentions is found wherever it stands, written down or not', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-types-'));
  writeFileSync(
    path.join(folder, 'library.ts'),
    `export interface Returned { a: number }
    export interface Given { b: number }
    export interface Field { c: number }
    export interface Inferred { d: number }
    export interface InBody { e: number }
    export abstract class Base { private own: InBody | undefined; }
    export interface Options { field?: Field[] }
    export function load(given: Promise<Given>, options?: Options): Returned {
      const inBody: InBody = { e: 1 };
      return { a: inBody.e };
    }
    const inferred: Inferred = { d: 1 };
    export const all = [inferred];
    export class Derived extends Base {}`,
  );
  const index = path.join(folder, 'index.ts');
  writeFileSync(index, "export { all, Derived, load, type Options } from './library';");
  expect(missingTypes(index)).toEqual([
    'Derived mentions Base (library.ts)',
    'Options mentions Field (library.ts)',
    'all mentions Inferred (library.ts)',
    'load mentions Given (library.ts)',
    'load mentions Returned (library.ts)',
  ]);
});
