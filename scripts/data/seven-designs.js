/**
 * The designs of data/emotions-7: what is drawn for each emotion. A design is a group: all its pictures are in one part of a
 * split. `contempt` is made on demand.
 *
 * `emoji` are code points, the wanted ones first: each style draws the first four that it has. `people` are the mouths,
 * eyes and eyebrows of Avataaars faces: one of each makes a design. `peeps` are faces of Open Peeps by their names; it has no
 * disgust.
 * @typedef {{ emoji: string[], people: { mouths: string, eyes: string, eyebrows: string }, peeps: string[] }} Designs
 * @type {Record<string, Designs>}
 */
const designs = {
  afraid: {
    emoji: ['1F628', '1F631', '1F627', '1F630'],
    people: {
      mouths: 'concerned screamOpen grimace disbelief sad',
      eyes: 'surprised squint',
      eyebrows: 'sadConcerned sadConcernedNatural frownNatural',
    },
    peeps: ['fear', 'concernedFear', 'hectic'],
  },
  angry: {
    emoji: ['1F620', '1F621', '1F624', '1F92C', '1F47F'],
    people: {
      mouths: 'serious grimace sad screamOpen disbelief',
      eyes: 'default squint side',
      eyebrows: 'angry angryNatural',
    },
    peeps: ['rage', 'veryAngry', 'angryWithFang'],
  },
  disgusted: {
    emoji: ['1F922', '1F92E', '1F974', '1F616', '1F623'],
    people: {
      mouths: 'vomit tongue concerned',
      eyes: 'xDizzy closed squint',
      eyebrows: 'angry angryNatural frownNatural',
    },
    peeps: [],
  },
  happy: {
    emoji: ['1F600', '1F601', '1F606', '1F60A'],
    people: {
      mouths: 'smile twinkle default tongue',
      eyes: 'happy default wink',
      eyebrows: 'default defaultNatural raisedExcited raisedExcitedNatural',
    },
    peeps: ['smile', 'smileBig', 'cute'],
  },
  neutral: {
    emoji: ['1F610', '1F611', '1F636'],
    people: {
      mouths: 'serious',
      eyes: 'default closed side squint',
      eyebrows: 'default defaultNatural flatNatural',
    },
    peeps: ['serious', 'blank', 'eyesClosed'],
  },
  sad: {
    emoji: ['1F622', '1F62D', '1F61E', '1F614'],
    people: {
      mouths: 'sad disbelief serious',
      eyes: 'cry closed default side',
      eyebrows: 'sadConcerned sadConcernedNatural',
    },
    peeps: ['solemn', 'tired', 'concerned'],
  },
  surprised: {
    emoji: ['1F62E', '1F62F', '1F632', '1F633'],
    people: {
      mouths: 'disbelief screamOpen default concerned serious',
      eyes: 'surprised',
      eyebrows: 'default defaultNatural raisedExcited raisedExcitedNatural',
    },
    peeps: ['awe'],
  },
};

/** @type {Designs} */
const contempt = {
  emoji: ['1F612', '1F60F', '1F644', '1F928'],
  people: {
    mouths: 'serious twinkle disbelief',
    eyes: 'eyeRoll side squint',
    eyebrows: 'upDown upDownNatural',
  },
  peeps: ['contempt', 'suspicious'],
};

module.exports = { contempt, designs };
