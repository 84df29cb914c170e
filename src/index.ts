// The public names, in the order in which a picture passes through the rooms.
export { tf } from './tensorflow/tf';
export { trainingDevice, type TrainingDevice } from './tensorflow/trainingDevice';
export { kerasAdam } from './tensorflow/kerasAdam';

export { imageDatasetFromDirectory, type ImageDataset } from './images/imageDatasetFromDirectory';
export type { ImageDatasetOptions, LabelMode } from './images/datasetOptions';
export type { ImageBatch } from './images/imageBatch';
export type { LabelledPicture, SkippedFile } from './images/listPictures';
export type { Background, Rgb } from './images/background';
export type { Resizing } from './images/resizing';
export type { CacheBudget, CacheUse } from './images/decoding/pictureCache';
export { imageDatasetFromFiles, type FileDatasetOptions } from './images/imageDatasetFromFiles';
export { loadImage } from './images/loadImage';
export { UnreadablePicture } from './images/UnreadablePicture';
export { checkPictures, type CheckOptions } from './images/checking/checkPictures';
export type { CheckReport, PictureProblem, ProblemKind } from './images/checking/checkReport';
export {
  type MovedFile,
  quarantineInvalid,
  type Quarantine,
  restoreQuarantined,
  type Restored,
} from './images/checking/quarantineInvalid';
export { splitPictures } from './images/splitting/splitPictures';
export type { SplitOptions } from './images/splitting/dealOut';
export type { GroupedBy } from './images/splitting/groupPictures';
export type { PictureSplit } from './images/splitting/pictureSplit';
export { holdOutStyle } from './images/splitting/holdOutStyle';

export { buildEmotion, type EmotionOptions } from './models/buildEmotion';
export { buildHappyOrSad } from './models/buildHappyOrSad';
export type { Classifier } from './models/classifier';

export type { BinaryMetric, NumberPerPicture, BinaryCounts } from './evaluation/binaryMetric';
export { Precision } from './evaluation/Precision';
export { Recall } from './evaluation/Recall';
export { BinaryAccuracy } from './evaluation/BinaryAccuracy';
export { rocAuc } from './evaluation/rocAuc';
export { wilsonInterval } from './evaluation/wilsonInterval';
export { type Batch, evaluateClassifier, type Evaluation } from './evaluation/evaluateClassifier';
export {
  evaluatePictures,
  type Mistake,
  type PictureAnswer,
  type PicturesEvaluation,
} from './evaluation/evaluatePictures';
export { predictPicture, type Prediction } from './evaluation/predictPicture';
export { predictFolder, type FilePrediction } from './evaluation/predictFolder';
export { embeddingOf, type Embedding } from './evaluation/inspecting/embeddingOf';
export type { Projection } from './evaluation/inspecting/principalComponents';
export { featureMaps, type FeatureMaps } from './evaluation/inspecting/featureMaps';
export { filtersOf, type Filters } from './evaluation/inspecting/filtersOf';
export { gradCam, type GradCam, type GradCamOptions } from './evaluation/inspecting/gradCam';
export type { HeatMap } from './evaluation/inspecting/heatMap';
export {
  occlusionMap,
  type Occlusion,
  type OcclusionOptions,
} from './evaluation/inspecting/occlusionMap';

export { loadClassifier } from './saving/loadClassifier';
export { loadKeras } from './saving/loadKeras';
export type { ToldOfModel } from './saving/foreignMetadata';
export type { TrainingConfig } from './saving/keras/trainingConfig';
export { saveClassifier } from './saving/saveClassifier';
export { saveKeras } from './saving/saveKeras';

export { describeCheck } from './display/text/describeCheck';
export { describeEvaluation, describeEvidence } from './display/text/describeEvaluation';
export { drawConfusionMatrix, showConfusionMatrix } from './display/charts/drawConfusionMatrix';
export type { MatrixToDraw } from './display/charts/mostConfused';
export type { TrainingHistories } from './display/charts/trainingRuns';
export type { TrainingHistory } from './display/charts/trainingSeries';
export { drawHistory, type DrawHistoryOptions } from './display/charts/drawHistory';
export type { PixelRange, Pictures } from './display/pictures/withPictures';
export { drawImages, type DrawImagesOptions } from './display/pictures/drawImages';
export { drawModel, showModel } from './display/model/drawModel';
export {
  drawPredictions,
  type DrawPredictionsOptions,
  showPredictions,
} from './display/pictures/drawPredictions';
export { drawSuspects, showSuspects } from './display/pictures/drawSuspects';
export {
  drawTopLosses,
  showTopLosses,
  type TopLossesOptions,
} from './display/pictures/drawTopLosses';
export type { FileProgress } from './display/text/fileProgress';
export { showHistory } from './display/charts/showHistory';
export { showImages } from './display/pictures/showImages';
export type { PictureSource } from './display/network/picturesToLookInto';
export { drawActivations, showActivations } from './display/network/drawActivations';
export { drawEmbedding, showEmbedding } from './display/network/drawEmbedding';
export { drawFilters, showFilters } from './display/network/drawFilters';
export { drawGradCam, showGradCam, type DrawGradCamOptions } from './display/network/drawGradCam';
export {
  drawOcclusion,
  showOcclusion,
  type DrawOcclusionOptions,
} from './display/network/drawOcclusion';

export { balancedClassWeights } from './training/balancedClassWeights';
export {
  crossValidate,
  type CrossValidation,
  type Scores,
  type TrainingFold,
} from './training/crossValidate';
export type { EpochMetrics, WholeEpochCallback } from './training/wholeEpochCallback';
export type { CallbackState, ResumableCallback } from './training/resumableCallback';
export type { Logs } from './training/accuracyOf';
export { keepBestWeights } from './training/keepBestWeights';
export { keepCheckpoint } from './training/keepCheckpoint';
export { logTensorBoard, type SamplePictures } from './training/logTensorBoard';
export { logEvaluation } from './training/runLog/logEvaluation';
export { logRun, type RunLog, type RunSettings } from './training/runLog/logRun';
export type {
  RunBegin,
  RunEnd,
  RunEpoch,
  RunEvaluation,
  RunProgress,
} from './training/runLog/runLogLines';
export { readRunLog, type RecordedRun } from './training/runLog/readRunLog';
export { resumeTraining, type Resumed } from './training/resumeTraining';
export { scheduleLearningRate } from './training/scheduleLearningRate';
export { showProgress } from './training/showProgress';
export { StepClock } from './training/stepClock';
export { stopAtAccuracy } from './training/stopAtAccuracy';
export { stopAtNaN } from './training/stopAtNaN';
export { stopEarly } from './training/stopEarly';
export { stopTrainings } from './training/stopTrainings';

export { compareWithOriginal } from './recipes/compareWithOriginal';
export { emotion } from './recipes/exercises/emotion';
export { happyOrSad } from './recipes/exercises/happyOrSad';
export type { LastEpoch, Recipe } from './recipes/recipe';
export type { RecipeRun } from './recipes/recipeRun';
export type { RecipeOptions } from './recipes/recipeOptions';
export { trainRecipe } from './recipes/trainRecipe';

export { openDashboard } from './dashboard/openDashboard';
