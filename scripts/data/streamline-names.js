/**
 * What Streamline's emoji are called in their package, by code point: its `chars.json` is empty. Those that are missing it
 * does not draw; its "anxious face" looks like a kiss.
 * @type {Record<string, string>}
 */
const streamlineNames = {
  '1f600': 'grinning-face',
  '1f601': 'beaming-face-with-smiling-eyes',
  '1f606': 'grinning-squinting-face',
  '1f60a': 'smiling-face-with-smiling-eyes',
  '1f622': 'crying-face',
  '1f62d': 'loudly-crying-face',
  '1f61e': 'disappointed-face',
  '1f614': 'pensive-face',
  '1f621': 'pouting-face',
  '1f624': 'face-with-steam-from-nose',
  '1f92c': 'face-with-symbols-on-mouth',
  '1f62f': 'hushed-face-1',
  '1f632': 'astonished-face',
  '1f633': 'flushed-face',
  '1f628': 'fearful-face',
  '1f631': 'face-screaming-in-fear',
  '1f627': 'anguished-face',
  '1f922': 'nauseated-face-1',
  '1f92e': 'face-vomiting',
  '1f616': 'confounded-face',
  '1f623': 'persevering-face',
  '1f610': 'neutral-face',
  '1f611': 'expressionless-face',
  '1f636': 'face-without-mouth',
  '1f612': 'unamused-face',
  '1f60f': 'smirking-face',
  '1f644': 'face-with-rolling-eyes',
  '1f928': 'face-with-raised-eyebrow',
};

module.exports = { streamlineNames };
