/** The network of lesson 1: 2,391,329 parameters at 150²; size: side of the square pictures, in pixels. */
const happyOrSad = { name: 'happy-or-sad', size: 150, filters: [16, 32, 64], units: 128 };

/** The network of the emotion lesson: 3,696,625 parameters. */
const emotions = { name: 'emotions', size: 256, filters: [16, 32, 16], units: 256 };

/** How its pictures are changed while it trains: as often done with faces. */
const geometry = ['RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation'];
const augmented = { ...emotions, name: 'augmented', augmentedBy: geometry };

/** In all ways that there are here. */
const allWays = {
  ...{ ...emotions, name: 'augmented in all ways' },
  augmentedBy: [...geometry, 'RandomContrast', 'RandomBrightness', 'RandomErasing'],
};

module.exports = { allWays, augmented, emotions, happyOrSad };
