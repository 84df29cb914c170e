import * as published from '../src';

test('smile-lab publishes the names that the lessons import, and no more', () => {
  expect(Object.keys(published).sort()).toEqual([
    'UnreadablePicture',
    'buildHappyOrSad',
    'drawImages',
    'drawTrainingCurve',
    'evaluateClassifier',
    'imageDatasetFromDirectory',
    'kerasAdam',
    'loadClassifier',
    'loadImage',
    'predictPicture',
    'saveClassifier',
    'showImages',
    'showProgress',
    'showTrainingCurve',
    'stopAtAccuracy',
    'stopTrainings',
    'tf',
    'trainHappyOrSad',
    'trainingDevice',
  ]);
});
