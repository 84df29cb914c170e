// The public names, in the order in which a picture passes through the rooms.
export { tf } from './tensorflow/tf';
export { trainingDevice, type TrainingDevice } from './tensorflow/trainingDevice';
export { kerasAdam } from './tensorflow/kerasAdam';

export {
  imageDatasetFromDirectory,
  type ImageDataset,
} from './images/datasets/imageDatasetFromDirectory';
export type { ImageDatasetOptions, LabelMode } from './images/datasets/datasetOptions';
export type { ImageBatch } from './images/datasets/imageBatch';
export type { LabelledPicture, SkippedFile } from './images/formats/listPictures';
export type { Background, Rgb } from './images/formats/background';
export type { ColorMode } from './images/formats/colorMode';
export type { Resizing } from './images/formats/resizing';
export type { CacheBudget, CacheUse } from './images/decoding/pictureCache';
export {
  imageDatasetFromFiles,
  type FileDatasetOptions,
} from './images/datasets/imageDatasetFromFiles';
export { loadImage } from './images/datasets/loadImage';
export { UnreadablePicture } from './images/formats/UnreadablePicture';
export { checkPictures, type CheckOptions } from './collections/checking/checkPictures';
export type { CheckReport, PictureProblem, ProblemKind } from './collections/checking/checkReport';
export {
  type MovedFile,
  quarantineInvalid,
  type Quarantine,
  restoreQuarantined,
  type Restored,
} from './collections/checking/quarantineInvalid';
export { splitPictures } from './collections/splitting/splitPictures';
export type { SplitOptions } from './collections/splitting/dealOut';
export type { GroupedBy } from './collections/splitting/groupPictures';
export type { PictureSplit } from './collections/splitting/pictureSplit';
export { holdOutStyle } from './collections/splitting/holdOutStyle';

export { buildEmotion, type EmotionOptions } from './models/buildEmotion';
export { buildNetwork, type NetworkOptions } from './models/buildNetwork';
export { buildHappyOrSad } from './models/buildHappyOrSad';
export type { Classifier, ClassifierInput } from './models/classifier';
export { toInput, type Rescale } from './models/toInput';
export { augment, type PicturesAndLabels } from './models/augment';
export {
  type AugmentingArgs,
  mixUp,
  randomBrightness,
  randomContrast,
  randomErasing,
  randomFlip,
  randomRotation,
  randomTranslation,
  randomZoom,
} from './models/augmentingLayers';
export type { LayerArgs } from './models/layers/layerClass';
export type { Factor } from './images/augmenting/factor';
export type { Filling } from './images/augmenting/filling';
export type { ValueRange } from './images/augmenting/valueRange';
export type { FlipSettings } from './images/augmenting/flipping';
export type { RotationSettings } from './images/augmenting/turning';
export type { ZoomSettings } from './images/augmenting/zooming';
export type { TranslationSettings } from './images/augmenting/moving';
export type { ContrastSettings } from './images/augmenting/contrasting';
export type { BrightnessSettings } from './images/augmenting/brightening';
export type { ErasingSettings } from './images/augmenting/erasing';
export type { MixSettings } from './images/augmenting/mixing';

export type { BinaryMetric, NumberPerPicture, BinaryCounts } from './evaluation/binaryMetric';
export { Precision } from './evaluation/Precision';
export { Recall } from './evaluation/Recall';
export { BinaryAccuracy } from './evaluation/BinaryAccuracy';
export { rocAuc } from './evaluation/rocAuc';
export { wilsonInterval } from './evaluation/wilsonInterval';
export { type Batch, evaluateClassifier, type Evaluation } from './evaluation/evaluateClassifier';
export {
  evaluatePictures,
  type PictureAnswer,
  type PicturesEvaluation,
} from './evaluation/evaluatePictures';
export type { Calibration, CalibrationBin } from './evaluation/calibration';
export type { ClassResult } from './evaluation/classResults';
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
export type { ForeignModelOptions } from './saving/foreignMetadata';
export type { TrainingConfig } from './saving/keras/trainingConfig';
export type { TfjsQuantization } from './saving/quantizeWeights';
export { saveClassifier } from './saving/saveClassifier';
export { saveKeras } from './saving/saveKeras';

export { type BackboneDescription, listBackbones } from './models/pretrained/listBackbones';
export {
  type Backbone,
  type BackboneOptions,
  loadBackbone,
} from './models/pretrained/loadBackbone';
export { type FeatureOptions, featuresOf } from './models/pretrained/featuresOf';
export {
  type Head,
  type HeadPictures,
  type HeadTrainingOptions,
  trainHead,
} from './models/pretrained/trainHead';
export { joinHead } from './models/pretrained/joinHead';
export { unfreeze, type UnfreezeOptions } from './models/pretrained/unfreeze';

export { type FaceOptions, type FaceReading, readFaces } from './faces/readFaces';
export type { FoundFace } from './faces/facesIn';

export { exportClassifier } from './phones/exportClassifier';
export type { ExportOptions } from './phones/exportOptions';
export type { ExportReport, FileReport } from './phones/fileReport';

export { describeCheck } from './display/text/describeCheck';
export { describeEvaluation, describeEvidence } from './display/text/describeEvaluation';
export { describeExport } from './display/text/describeExport';
export { drawConfusionMatrix, showConfusionMatrix } from './display/charts/drawConfusionMatrix';
export { drawReliability, showReliability } from './display/charts/drawReliability';
export type { MatrixToDraw } from './evaluation/mostConfused';
export type { TrainingHistories } from './display/charts/trainingRuns';
export type { TrainingHistory } from './display/charts/trainingSeries';
export { drawHistory, type DrawHistoryOptions, showHistory } from './display/charts/drawHistory';
export type { PixelRange, Pictures } from './display/pictures/withPictures';
export {
  drawPictures,
  type DrawPicturesOptions,
  showPictures,
} from './display/pictures/drawPictures';
export {
  drawAugmented,
  type DrawAugmentedOptions,
  showAugmented,
} from './display/pictures/drawAugmented';
export { drawFaces, showFaces } from './display/pictures/drawFaces';
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
export type { PictureSource } from './display/network/pictureFor';
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
export {
  compareRuns,
  type ComparedRun,
  type ComparedSettings,
  type ComparedTraining,
  type Comparison,
} from './training/compareRuns';
export { describeComparison } from './training/describeComparison';
export type { EpochMetrics, WholeEpochCallback } from './training/callbacks/wholeEpochCallback';
export type { CallbackState, ResumableCallback } from './training/callbacks/resumableCallback';
export type { Logs } from './training/fit/accuracyOf';
export { keepBestWeights } from './training/callbacks/keepBestWeights';
export { keepCheckpoint } from './training/checkpoints/keepCheckpoint';
export { logTensorBoard, type SamplePictures } from './runs/tensorBoard/logTensorBoard';
export { logEvaluation } from './runs/log/logEvaluation';
export { logRun, type RunLog, type RunSettings } from './runs/log/logRun';
export type {
  RunBegin,
  RunEnd,
  RunEpoch,
  RunEvaluation,
  RunProgress,
} from './runs/log/runLogLines';
export { readRunLog } from './runs/log/readRunLog';
export type { RecordedRun } from './runs/log/runLogReader';
export { resumeTraining, type Resumed } from './training/checkpoints/resumeTraining';
export { scheduleLearningRate } from './training/callbacks/scheduleLearningRate';
export { showProgress } from './training/progress/showProgress';
export { StepClock } from './training/progress/stepClock';
export { stopAtAccuracy } from './training/callbacks/stopAtAccuracy';
export { stopAtNaN } from './training/callbacks/stopAtNaN';
export { stopEarly } from './training/callbacks/stopEarly';
export { stopTrainings } from './training/fit/stopTrainings';

export { compareWithOriginal } from './recipes/compareWithOriginal';
export { emotion } from './recipes/exercises/emotion';
export { emotions } from './recipes/exercises/emotions';
export { happyOrSad } from './recipes/exercises/happyOrSad';
export { transfer } from './recipes/exercises/transfer';
export type { LastEpoch, Recipe } from './recipes/recipe';
export type { RecipeRun } from './recipes/recipeRun';
export type { RecipeOptions } from './recipes/recipeOptions';
export { trainRecipe } from './recipes/trainRecipe';

export {
  openRegistry,
  type ListedVersion,
  type Registry,
  type ResolvedVersion,
} from './registry/openRegistry';
export type { AddOptions } from './registry/addVersion';
export type { Stage } from './registry/names';
export type { VersionInfo } from './registry/versionFile';
export type { WatchOptions } from './registry/watchVersion';

export { openDashboard } from './dashboard/openDashboard';
