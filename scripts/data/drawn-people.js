/**
 * Drawn people: who they are follows from a number, what they feel from the caller. So the same people, with the same skin,
 * hair, glasses and scarves, show every emotion, and nothing but the expression tells it.
 */
const path = require('node:path');
const seedrandom = require('seedrandom');
const { dist } = require('../setup/paths');

/** Of the styles' colours those that skin has. */
const SKINS = ['614335', 'ae5d29', 'd08b5b', 'edb98a', 'ffdbb4'];
const HAIRS = ['2c1b18', '4a312c', '724133', 'a55728', 'b58143', 'd6b370', 'c93305', 'e8e1e1'];
const CLOTHES = ['262e33', '65c9ff', '25557c', '929598', 'a7ffc4', 'ffafb9', 'ffffb1', 'ff488e'];

// No hat that hides eyebrows.
const SHORT_HAIR =
  'shortFlat shortRound shortWaved shortCurly sides theCaesar dreads01 frizzle'.split(' ');
const LONG_HAIR =
  'bob bun curly curvy dreads fro longButNotTooLong straight01 straight02 bigHair'.split(' ');
const COVERED = ['hijab', 'turban'];
const GLASSES = ['prescription01', 'prescription02', 'round'];
const BEARDS = ['beardLight', 'moustacheFancy'];
const CLOTHING = 'blazerAndShirt collarAndSweater hoodie overall shirtCrewNeck shirtVNeck'.split(
  ' ',
);

const PEEP_HEADS =
  'afro bangs bun bun2 cornrows dreads1 flatTop grayMedium grayShort hijab long longCurly medium1 mediumStraight short1 short4 turban twists'.split(
    ' ',
  );
const PEEP_SKINS = ['694d3d', 'ae5d29', 'd08b5b', 'edb98a', 'ffdbb4'];
const PEEP_GLASSES = ['glasses', 'glasses2', 'glasses3', 'glasses5'];

/** @typedef {Record<string, string>} Traits what the manifest says of a person */

/**
 * Opens the two styles; both are ES modules.
 * @returns {Promise<{ person: Drawn, peep: Drawn }>}
 * @typedef {(number: number, expression: string) => { body: string, box: { width: number, height: number }, traits: Traits }} Drawn
 */
async function openPeople() {
  const { nativeImport } = require(path.join(dist, 'files/nativeImport'));
  /** @type {any[]} */
  const [{ createAvatar }, avataaars, openPeeps] = await Promise.all(
    ['@dicebear/core', '@dicebear/avataaars', '@dicebear/open-peeps'].map(nativeImport),
  );
  return {
    person(number, expression) {
      const traits = traitsOf(number);
      const [mouth = '', eyes = '', eyebrows = ''] = expression.split(' ');
      const svg = createAvatar(avataaars, {
        seed: String(number),
        ...{ mouth: [mouth], eyes: [eyes], eyebrows: [eyebrows] },
        ...options({ top: traits['head'], skinColor: traits['skin'] }),
        ...options({ hairColor: traits['hair'], hatColor: traits['clothesColour'] }),
        ...options({ clothing: traits['clothing'], clothesColor: traits['clothesColour'] }),
        ...optional('accessories', traits['glasses'] ?? ''),
        ...optional('facialHair', traits['beard'] ?? ''),
        facialHairColor: [traits['hair']],
        accessoriesColor: ['262e33'],
      }).toString();
      // The face: of the whole person the expression would be a few pixels.
      const body = `<g transform="translate(-72 -40)">${bodyOf(svg)}</g>`;
      return {
        body,
        box: { width: 136, height: 136 },
        traits: { ...traits, mouth, eyes, eyebrows },
      };
    },
    peep(number, face) {
      const traits = peepTraitsOf(number);
      const svg = createAvatar(openPeeps, {
        seed: String(number),
        face: [face],
        ...options({ head: traits['head'], skinColor: traits['skin'] }),
        ...options({ headContrastColor: traits['hair'], clothingColor: traits['clothesColour'] }),
        ...optional('accessories', traits['glasses'] ?? ''),
        facialHairProbability: 0,
        maskProbability: 0,
      }).toString();
      const [, width = 0] = /viewBox="0 0 (\d+)/.exec(svg) ?? [];
      // The head of the bust.
      const side = 0.72 * Number(width);
      const body = `<g transform="translate(${-0.18 * Number(width)} ${-0.05 * Number(width)})">${bodyOf(svg)}</g>`;
      return { body, box: { width: side, height: side }, traits: { ...traits, face } };
    },
  };
}

/** @param {number} number @returns {Traits} */
function traitsOf(number) {
  const random = seedrandom.alea(`person ${number}`);
  const one = (/** @type {string[]} */ of) => of[Math.floor(random() * of.length)] ?? '';
  const kind = random();
  const head = one(kind < 0.2 ? COVERED : kind < 0.6 ? SHORT_HAIR : LONG_HAIR);
  return {
    person: String(number),
    skin: one(SKINS),
    head,
    hair: one(HAIRS),
    glasses: random() < 0.3 ? one(GLASSES) : 'none',
    beard: SHORT_HAIR.includes(head) && random() < 0.3 ? one(BEARDS) : 'none',
    clothing: one(CLOTHING),
    clothesColour: one(CLOTHES),
  };
}

/** @param {number} number @returns {Traits} */
function peepTraitsOf(number) {
  const random = seedrandom.alea(`peep ${number}`);
  const one = (/** @type {string[]} */ of) => of[Math.floor(random() * of.length)] ?? '';
  return {
    person: String(number),
    skin: one(PEEP_SKINS),
    head: one(PEEP_HEADS),
    hair: one(HAIRS),
    glasses: random() < 0.3 ? one(PEEP_GLASSES) : 'none',
    clothesColour: one(['e78276', 'ffcf77', 'fdea6b', '78e185', '9ddadb', '8fa7df', 'e279c7']),
  };
}

/** @param {Record<string, string | undefined>} chosen */
function options(chosen) {
  return Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, [value]]));
}

/** @param {string} name @param {string} value */
function optional(name, value) {
  const isThere = value !== 'none';
  return { [`${name}Probability`]: isThere ? 100 : 0, ...(isThere ? { [name]: [value] } : {}) };
}

/** @param {string} svg @returns {string} what is in it, without what it says of its makers */
function bodyOf(svg) {
  const inner = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
  return inner.replace(/<metadata.*?<\/metadata>/s, '');
}

module.exports = { openPeople };
