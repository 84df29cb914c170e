/**
 * What `smile-lab` has published under another name, for notebooks that were written then.
 * @type {Readonly<Record<string, string>>}
 */
const renamedExports = {
  trainHappyOrSad: 'trainRecipe(happyOrSad, { … })',
  trainEmotion: 'trainRecipe(emotion, { … })',
  kFold: 'crossValidate(folder, { … })',
  confusionMatrix: 'evaluateClassifier(classifier, data), whose result has it as confusionMatrix',
  TrainingRun: 'RecipeRun',
  EmotionRun: 'RecipeRun',
  EmotionFigures: 'LastEpoch',
  Mistake: 'PictureAnswer',
  showImages: 'showPictures',
  drawImages: 'drawPictures',
  DrawImagesOptions: 'DrawPicturesOptions',
  ToldOfModel: 'ForeignModelOptions',
};

/** What became the input of a classifier. */
const ofClassifier = {
  imageSize: 'input.imageSize',
  scale: 'input.rescale',
  interpolation: 'input.interpolation',
  shrinkOnLoad: 'input.shrinkOnLoad',
  background: 'input.background',
};

const ofPrediction = { className: 'predictedClass' };

/**
 * What fields and options were called before, by the type that had them.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const renamedFields = {
  Classifier: ofClassifier,
  Prediction: ofPrediction,
  FilePrediction: ofPrediction,
  PictureAnswer: { className: 'trueClass', predicted: 'predictedClass' },
  Embedding: { predicted: 'predictedClasses' },
  DrawPicturesOptions: {
    labels: 'captions, or trueClasses beside predictedClasses,',
    predictions: 'predictedClasses',
  },
  DrawPredictionsOptions: { outputs: 'probabilities' },
  DrawGradCamOptions: { labels: 'captions' },
  DrawOcclusionOptions: { labels: 'captions' },
};

module.exports = { renamedExports, renamedFields };
