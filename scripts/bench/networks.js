/** The network of lesson 1: 2,391,329 parameters at 150²; size: side of the square pictures, in pixels. */
const happyOrSad = { name: 'happy-or-sad', size: 150, filters: [16, 32, 64], units: 128 };

/** The network of the emotion lesson: 3,696,625 parameters. */
const emotions = { name: 'emotions', size: 256, filters: [16, 32, 16], units: 256 };

module.exports = { emotions, happyOrSad };
