/**
 * What `smile-lab` has published under another name, for notebooks that were written then.
 * @type {Readonly<Record<string, string>>}
 */
const renamedExports = {
  trainHappyOrSad: 'trainRecipe(happyOrSad, { … })',
  trainEmotion: 'trainRecipe(emotion, { … })',
  kFold: 'crossValidate(folder, { … })',
  confusionMatrix: 'evaluateClassifier(model, data), whose result has it as confusionMatrix',
  TrainingRun: 'RecipeRun',
  EmotionRun: 'RecipeRun',
  EmotionFigures: 'LastEpoch',
};

module.exports = { renamedExports };
