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
};

const ofPrediction = { className: 'predictedClass' };

/**
 * What fields and options were called before, by the type that had them.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const renamedFields = {
  Prediction: ofPrediction,
  FilePrediction: ofPrediction,
  PictureAnswer: { className: 'trueClass', predicted: 'predictedClass' },
  Embedding: { predicted: 'predictedClasses' },
};

module.exports = { renamedExports, renamedFields };
