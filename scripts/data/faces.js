/**
 * The faces of data/, as Unicode code points. One class has as many as the other: whoever always guesses the same is
 * right in exactly half of the cases.
 */
const faces = {
  happy:
    '1F600 1F603 1F604 1F601 1F606 1F605 1F923 1F602 1F642 1F609 ' +
    '1F60A 1F607 1F970 1F60D 1F929 1F618 263A 1F60B 1F917 1F60E',
  sad:
    '1F615 1FAE4 1F61F 1F641 2639 1F626 1F627 1F628 1F630 1F625 ' +
    '1F622 1F62D 1F616 1F623 1F61E 1F613 1F629 1F62B 1F614 1F97A',
};

module.exports = { happy: faces.happy.split(' '), sad: faces.sad.split(' ') };
