/**
 * What Firefox' emoji are called in their package, by code point: its `chars.json` is empty. Taken from the names of the
 * original files, such as `u1F600-grin.svg` (https://github.com/mozilla/fxemoji/tree/gh-pages/svgs/FirefoxEmoji).
 * @type {Record<string, string>}
 */
const fxemojiNames = {
  '1f600': 'grin',
  '1f603': 'grinwide',
  '1f604': 'grinwideeyes',
  '1f601': 'grineyes',
  '1f606': 'grinsquint',
  '1f605': 'grinsweat',
  '1f602': 'grintears',
  '1f642': 'smallsmile',
  '1f609': 'winking',
  '1f60a': 'smileeyes',
  '1f607': 'halo',
  '1f60d': 'hearteyes',
  '1f618': 'kissing',
  '263a': 'whitesmilingface',
  '1f60b': 'smiletongue',
  '1f60e': 'sunglasses',
  '1f615': 'confused',
  '1f61f': 'worried',
  '1f641': 'smallfrown',
  '1f626': 'frownmouth',
  '1f627': 'anguish',
  '1f628': 'fearful',
  '1f630': 'coldsweat',
  '1f625': 'dissapointedrelief',
  '1f622': 'crying',
  '1f62d': 'loudlycrying',
  '1f616': 'confounded',
  '1f623': 'perservere',
  '1f61e': 'disappointed',
  '1f613': 'sweat',
  '1f629': 'weary',
  '1f62b': 'tired',
  '1f614': 'pensive',
};

module.exports = { fxemojiNames };
