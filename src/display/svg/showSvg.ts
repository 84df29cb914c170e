import { displayBundle } from './displayBundle';
import { pictureBundle } from './pictureBundle';

/**
 * Shows an SVG document under the running notebook cell and stores it in the notebook, as HTML, as PNG and as text.
 *
 * For screens it is sent as HTML with an `<img>`, not as `image/svg+xml`, for three reasons. JupyterLab leaves `image/svg+xml` blank
 * in a notebook that this computer has not executed itself: in a fresh clone every committed picture would be missing.
 * An `<img>` carries an alternative text. And where a viewer sets the SVG itself into its page, as nbviewer does, styles
 * of several pictures mix. The address is in base64, the form in which nbconvert itself embeds SVG pictures.
 *
 * @param svg a document made by `svgCard`; its title becomes the alternative text
 * @param caller the public function that was called, and the one that gives the SVG itself; for the error message
 * @throws {Error} when no notebook cell of the project's kernel is running
 *
 * @example
 * await showSvg(await drawPictures(files), { show: 'showPictures', draw: 'drawPictures' });
 */
export async function showSvg(svg: string, caller: { show: string; draw: string }): Promise<void> {
  try {
    await displayBundle(await pictureBundle(svg));
  } catch (error) {
    throw new Error(
      `Cannot display the picture: ${caller.show} works in a notebook cell with the kernel "Smile Lab (TypeScript)"; ` +
        `in a script write what ${caller.draw} returns to a file`,
      { cause: error },
    );
  }
}
