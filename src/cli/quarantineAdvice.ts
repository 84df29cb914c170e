import { show } from '../errors/show';
import type { ColorMode } from '../images/formats/colorMode';

/** How files that the loader cannot read with a colour mode are moved out of a folder. */
export function quarantineAdvice(folder: string, colorMode: ColorMode = 'rgb'): string {
  const mode = colorMode === 'rgb' ? '' : ` --color-mode ${colorMode}`;
  return `To move such files out of the folder: npx smile-lab check ${show(folder)}${mode} --quarantine`;
}
