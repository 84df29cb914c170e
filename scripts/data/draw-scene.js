/**
 * A face as it might be met: on some background, of some size, turned a little, under some light. All of it is one SVG, so
 * that one program alone decides the pixels.
 */
const seedrandom = require('seedrandom');

/** The side of a scene in pixels: what the emotion network takes. */
const SIDE = 256;

/** @typedef {() => number} Random gives numbers in [0, 1) */

/** @type {Array<(random: Random) => string>} each gives the content of a `<defs>` that holds the paint `#back` */
const backgrounds = [
  (random) => {
    const colour = anyColour(random);
    return gradient('back', anyDirection(random), [colour, colour]);
  },
  (random) => gradient('back', anyDirection(random), [anyColour(random), anyColour(random)]),
  (random) => {
    const [cx, cy, r] = [between(random, 0.2, 0.8), between(random, 0.2, 0.8), 0.9].map(round);
    const stops = [anyColour(random), anyColour(random)].map(stop).join('');
    return `<radialGradient id="back" cx="${cx}" cy="${cy}" r="${r}">${stops}</radialGradient>`;
  },
  (random) => {
    const step = round(between(random, 14, 60));
    return tiles(random, step, `<rect width="${round(step / 2)}" height="${step}"`);
  },
  (random) => {
    const step = round(between(random, 20, 60));
    return tiles(random, step, `<circle cx="${step / 2}" cy="${step / 2}" r="${round(step / 4)}"`);
  },
  (random) => {
    const step = round(between(random, 24, 72));
    const half = step / 2;
    return tiles(random, step, `<path d="M0 0h${half}v${step}h${half}v-${half}h-${step}z"`);
  },
];

/**
 * Draws a scene.
 * @param {import('./emoji-style').Face} face
 * @param {number} padding air that the face's box lacks on each side, in the box's units
 * @param {string} seed the same seed gives the same scene
 * @param {number} wander how far the face may be shifted, turned and made smaller, in parts of what it is by itself
 * @returns {{ svg: string, quality: number }} a picture of SIDE × SIDE and the JPEG quality that it was met in
 */
function drawScene({ box, body }, padding, seed, wander = 1) {
  const random = seedrandom.alea(seed);
  const paint = backgrounds[Math.floor(random() * backgrounds.length)];
  const back = /** @type {(random: Random) => string} */ (paint)(random);
  const side = between(random, 1 - 0.15 * wander, 1) * SIDE;
  const free = (SIDE - 0.9 * side) / 2; // a face fills nine tenths of its padded box, and stays in the picture
  const x = round(SIDE / 2 + wander * between(random, -free, free));
  const y = round(SIDE / 2 + wander * between(random, -free, free));
  const turn = round(wander * between(random, -10, 10));
  const scale = side / (box.width + 2 * padding);
  const light = gradient(
    'light',
    anyDirection(random),
    ['#ffffff', '#000000'],
    [round(between(random, 0, 0.25)), round(between(random, 0, 0.25))],
  );
  const quality = Math.round(between(random, 50, 95));
  const all = `width="${SIDE}" height="${SIDE}"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${all}>`,
    `<defs>${back}${light}</defs><rect ${all} fill="url(#back)"/>`,
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale.toFixed(4)})`,
    ` translate(${-box.width / 2} ${-box.height / 2})">${body}</g>`,
    `<rect ${all} fill="url(#light)"/></svg>`,
  ].join('');
  return { svg, quality };
}

/**
 * @param {string} id
 * @param {string} direction
 * @param {[string, string]} colours
 * @param {[number, number]} opacities
 */
function gradient(id, direction, colours, opacities = [1, 1]) {
  const stops = colours.map((colour, i) => stop(colour, i, opacities)).join('');
  return `<linearGradient id="${id}" ${direction}>${stops}</linearGradient>`;
}

/**
 * @param {string} colour
 * @param {number} place
 * @param {unknown} opacities
 */
function stop(colour, place, opacities) {
  const opacity = Array.isArray(opacities) ? (opacities[place] ?? 1) : 1;
  return `<stop offset="${place}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
}

/**
 * A pattern of one figure on a ground of another shade of its colour, turned. Strong contrasts would leave a network of
 * this size nothing but the background to learn.
 * @param {Random} random
 * @param {number} step
 * @param {string} figure an SVG element without its end
 */
function tiles(random, step, figure) {
  const turn = round(between(random, 0, 90));
  const shade = random() < 0.5 ? '#ffffff' : '#000000';
  const strength = round(between(random, 0.1, 0.35));
  return (
    `<pattern id="back" width="${step}" height="${step}" patternUnits="userSpaceOnUse"` +
    ` patternTransform="rotate(${turn})"><rect width="${step}" height="${step}"` +
    ` fill="${anyColour(random)}"/>${figure} fill="${shade}" fill-opacity="${strength}"/></pattern>`
  );
}

/** @param {Random} random */
function anyDirection(random) {
  return `gradientTransform="rotate(${round(between(random, 0, 360))} 0.5 0.5)"`;
}

/**
 * Light enough that a face's outline and features are the darkest lines of a scene.
 * @param {Random} random
 */
function anyColour(random) {
  const channel = () => Math.round(between(random, 90, 255));
  return `rgb(${channel()},${channel()},${channel()})`;
}

/**
 * @param {Random} random
 * @param {number} least
 * @param {number} most
 */
function between(random, least, most) {
  return least + random() * (most - least);
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}

module.exports = { drawScene, SIDE };
