import { InvalidArgumentError, Option } from 'commander';
import { type Background, checkedBackground } from '../images/formats/background';
import { COLOR_MODES, type ColorMode } from '../images/formats/colorMode';
import type { Classifier } from '../models/classifier';

/** What the commands are given that read pictures. */
export interface BackgroundOption {
  background?: Background;
}

/** @param usual what happens where it is left out */
export function backgroundOption(usual: string): Option {
  return new Option(
    '--background <colour>',
    `lay transparent pictures on white, black or a colour as "#ffcc00"; default: ${usual}`,
  ).argParser((text: string) => {
    try {
      checkedBackground('', text as Background);
      return text;
    } catch {
      throw new InvalidArgumentError('It must be white, black, or a colour as "#ffcc00".');
    }
  });
}

/** What the commands are given that say what a network sees. */
export interface ReadingOptions extends BackgroundOption {
  colorMode?: ColorMode;
}

/** @param usual what happens where it is left out */
export function colorModeOption(usual: string): Option {
  return new Option('--color-mode <mode>', `load pictures so; default: ${usual}`).choices(
    COLOR_MODES,
  );
}

/** The classifier with the background that was asked for, or else its own. */
export function onBackground(classifier: Classifier, { background }: BackgroundOption): Classifier {
  if (background === undefined) return classifier;
  return { ...classifier, input: { ...classifier.input, background } };
}
