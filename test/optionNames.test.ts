import * as lab from '../src';

type Call = (options: never) => unknown;

const classifier = () => ({
  model: lab.buildHappyOrSad({ seed: 1 }),
  classNames: ['happy', 'sad'],
  input: { imageSize: [150, 150] as [number, number], rescale: { scale: 1 / 255 } },
});
const backbone = { ...classifier(), name: 'x', layer: 'y' };
const batch = () => lab.tf.zeros([1, 2, 2, 3]) as lab.tf.Tensor4D;
const evaluation = { classNames: ['a', 'b'], answers: [] };

// Each function of smile-lab that has options, called with what else it needs, an option of its own, and a slip of it.
const calls: Array<[name: string, slip: string, meant: string, call: Call]> = [
  ['buildEmotion', 'drop_out', 'dropout', (o) => lab.buildEmotion(o)],
  ['buildHappyOrSad', 'seeds', 'seed', (o) => lab.buildHappyOrSad(o)],
  ['buildNetwork', 'image_size', 'imageSize', (o) => lab.buildNetwork(o)],
  ['checkPictures', 'on_progress', 'onProgress', (o) => lab.checkPictures('x', o)],
  [
    'augment',
    'Seed',
    'seed',
    (o) => lab.augment(lab.tf.data.array([]) as never, [lab.randomFlip()], o),
  ],
  ['compareRuns', 'seed', 'seeds', (o) => lab.compareRuns({ a: 1, b: 2 }, o)],
  ['drawAugmented', 'Range', 'range', (o) => lab.drawAugmented(batch(), [], o)],
  ['mixUp', 'Alpha', 'alpha', (o) => lab.mixUp(o)],
  ['randomBrightness', 'value_range', 'valueRange', (o) => lab.randomBrightness(o)],
  ['randomContrast', 'factors', 'factor', (o) => lab.randomContrast(o)],
  ['randomErasing', 'fill_value', 'fillValue', (o) => lab.randomErasing(o)],
  ['randomFlip', 'modes', 'mode', (o) => lab.randomFlip(o)],
  ['randomRotation', 'fill_mode', 'fillMode', (o) => lab.randomRotation(o)],
  ['randomTranslation', 'height_factor', 'heightFactor', (o) => lab.randomTranslation(o)],
  ['randomZoom', 'width_factor', 'widthFactor', (o) => lab.randomZoom(o)],
  ['showAugmented', 'Range', 'range', (o) => lab.showAugmented(batch(), [], o)],
  ['crossValidate', 'fold', 'folds', (o) => lab.crossValidate('x', o)],
  ['drawActivations', 'layers', 'layer', (o) => lab.drawActivations(classifier(), 'x', o)],
  ['drawEmbedding', 'label', 'labels', (o) => lab.drawEmbedding(classifier(), ['x', 'y'], o)],
  ['drawGradCam', 'caption', 'captions', (o) => lab.drawGradCam(classifier(), 'x', o)],
  ['drawHistory', 'titel', 'title', (o) => lab.drawHistory({ loss: [1] }, o)],
  ['drawPictures', 'column', 'columns', (o) => lab.drawPictures(['x'], o)],
  ['drawOcclusion', 'patch_size', 'patchSize', (o) => lab.drawOcclusion(classifier(), 'x', o)],
  ['drawPredictions', 'class_names', 'classNames', (o) => lab.drawPredictions(['x'], o)],
  ['drawTopLosses', 'wrong_only', 'wrongOnly', (o) => lab.drawTopLosses(evaluation, o)],
  ['evaluatePictures', 'progress', 'onProgress', (o) => lab.evaluatePictures(classifier(), [], o)],
  ['featuresOf', 'caches', 'cache', (o) => lab.featuresOf(backbone, [], o)],
  ['featureMaps', 'layerr', 'layer', (o) => lab.featureMaps(classifier(), 'x', o)],
  ['gradCam', 'class_names', 'classNames', (o) => lab.gradCam(classifier(), 'x', o)],
  [
    'exportClassifier',
    'quantise',
    'quantize',
    (o) => lab.exportClassifier(classifier(), 'x.tflite', o),
  ],
  ['holdOutStyle', 'Seed', 'seed', (o) => lab.holdOutStyle('x', 'y', o)],
  [
    'imageDatasetFromDirectory',
    'image_size',
    'imageSize',
    (o) => lab.imageDatasetFromDirectory('x', o),
  ],
  ['imageDatasetFromFiles', 'label_mode', 'labelMode', (o) => lab.imageDatasetFromFiles([], o)],
  ['keepCheckpoint', 'overwrit', 'overwrite', (o) => lab.keepCheckpoint(o)],
  ['listBackbones', 'measured', 'measure', (o) => lab.listBackbones(o)],
  ['loadBackbone', 'layers', 'layer', (o) => lab.loadBackbone('mobilenet-v2', o)],
  ['loadClassifier', 'class_names', 'classNames', (o) => lab.loadClassifier('x', o)],
  ['loadImage', 'imagesize', 'imageSize', (o) => lab.loadImage('x', o)],
  ['loadKeras', 'compiled', 'compile', (o) => lab.loadKeras('x', o)],
  ['keepBestWeights', 'printt', 'print', (o) => lab.keepBestWeights(o)],
  ['logEvaluation', 'names', 'name', (o) => lab.logEvaluation('x', evaluation as never, o)],
  ['logRun', 'setting', 'settings', (o) => lab.logRun(o)],
  ['logTensorBoard', 'picture', 'pictures', (o) => lab.logTensorBoard(o)],
  ['openRegistry', 'tests', 'test', (o) => lab.openRegistry('x').add('faces', 'y', o)],
  ['occlusionMap', 'patchsize', 'patchSize', (o) => lab.occlusionMap(classifier(), 'x', o)],
  ['predictFolder', 'onprogress', 'onProgress', (o) => lab.predictFolder(classifier(), 'x', o)],
  ['readFaces', 'margins', 'margin', (o) => lab.readFaces('x', o)],
  ['drawFaces', 'margins', 'margin', (o) => lab.drawFaces(['x'], o)],
  ['showFaces', 'margins', 'margin', (o) => lab.showFaces(['x'], o)],
  ['saveClassifier', 'over_write', 'overwrite', (o) => lab.saveClassifier(classifier(), 'x', o)],
  [
    'saveKeras',
    'include_optimizer',
    'includeOptimizer',
    (o) => lab.saveKeras(classifier(), 'x.keras', o),
  ],
  ['scheduleLearningRate', 'Schedule', 'schedule', (o) => lab.scheduleLearningRate(o)],
  ['showActivations', 'layers', 'layer', (o) => lab.showActivations(classifier(), 'x', o)],
  ['showEmbedding', 'label', 'labels', (o) => lab.showEmbedding(classifier(), ['x', 'y'], o)],
  ['showGradCam', 'caption', 'captions', (o) => lab.showGradCam(classifier(), 'x', o)],
  ['showHistory', 'titel', 'title', (o) => lab.showHistory({ loss: [1] }, o)],
  ['showPictures', 'column', 'columns', (o) => lab.showPictures(['x'], o)],
  ['showOcclusion', 'patch_size', 'patchSize', (o) => lab.showOcclusion(classifier(), 'x', o)],
  ['showPredictions', 'class_names', 'classNames', (o) => lab.showPredictions(['x'], o)],
  ['showProgress', 'names', 'name', (o) => lab.showProgress(o)],
  ['showTopLosses', 'wrong_only', 'wrongOnly', (o) => lab.showTopLosses(evaluation, o)],
  ['splitPictures', 'files', 'file', (o) => lab.splitPictures('x', o)],
  ['stopAtAccuracy', 'acuracy', 'accuracy', (o) => lab.stopAtAccuracy(o)],
  ['stopEarly', 'min_delta', 'minDelta', (o) => lab.stopEarly(o)],
  [
    'trainHead',
    'epoch',
    'epochs',
    (o) => lab.trainHead(backbone, { classNames: [], train: [] }, o),
  ],
  ['unfreeze', 'learning_rate', 'learningRate', (o) => lab.unfreeze(classifier(), o)],
  ['trainRecipe', 'epoch', 'epochs', (o) => lab.trainRecipe(lab.happyOrSad, o)],
];

test.each(calls)('%s() refuses the option %p and names %p', async (_, slip, meant, call) => {
  const run = async () => call({ [slip]: 1 } as never);
  await expect(run()).rejects.toThrow(TypeError);
  await expect(run()).rejects.toThrow(
    `there is no option "${slip}", did you mean "${meant}"? There are`,
  );
});

test('no function with options is missing here', () => {
  const without = Object.entries(lab)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name)
    .filter((name) => !calls.some(([called]) => called === name));
  // What these take are no options, or they take none.
  expect(without.sort()).toEqual(
    [
      'BinaryAccuracy',
      'Precision',
      'Recall',
      'StepClock',
      'UnreadablePicture',
      'balancedClassWeights',
      'compareWithOriginal',
      'describeCheck',
      'describeComparison',
      'describeEvaluation',
      'describeEvidence',
      'describeExport',
      'drawConfusionMatrix',
      'drawFilters',
      'drawModel',
      'drawReliability',
      'drawSuspects',
      'embeddingOf',
      'evaluateClassifier',
      'filtersOf',
      'joinHead',
      'kerasAdam',
      'openDashboard',
      'predictPicture',
      'quarantineInvalid',
      'readRunLog',
      'restoreQuarantined',
      'resumeTraining',
      'rocAuc',
      'showConfusionMatrix',
      'showFilters',
      'showModel',
      'showReliability',
      'showSuspects',
      'stopAtNaN',
      'stopTrainings',
      'toInput',
      'trainingDevice',
      'wilsonInterval',
    ].sort(),
  );
});
