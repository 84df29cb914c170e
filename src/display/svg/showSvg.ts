import { displayPicture } from './displayPicture';

/**
 * Shows an SVG document under the running notebook cell and stores it in the notebook, as HTML, as PNG and as text.
 *
 * For screens it is sent as HTML with an `<img>`, not as `image/svg+xml`, for three reasons. JupyterLab leaves `image/svg+xml` blank
 * in a notebook that this computer has not executed itself: in a fresh clone every committed picture would be missing.
 * An `<img>` carries an alternative text. And where a viewer sets the SVG itself into its page, as nbviewer does, styles
 * of several pictures mix. The address is in base64, the form in which nbconvert itself embeds SVG pictures.
 *
 * @param svg a document made by `svgCard`; its title becomes the alternative text
 * @param draw the public function that gave it, called `draw…`: `show…` is named after it in the error message
 * @throws {Error} when no notebook cell of the project's kernel is running
 *
 * @example
 * await showSvg(await drawPictures(files), drawPictures);
 */
export async function showSvg(svg: string, { name: draw }: { name: string }): Promise<void> {
  try {
    await displayPicture(svg);
  } catch (error) {
    throw new Error(
      `Cannot display the picture: ${draw.replace('draw', 'show')} works in a notebook cell with the kernel "Smile Lab (TypeScript)"; ` +
        `in a script write what ${draw} returns to a file`,
      { cause: error },
    );
  }
}

/**
 * Makes the function that shows what another one draws: it takes the same.
 *
 * @param draw a public function, called `draw…`, that gives a document made by `svgCard`
 * @returns throws what `draw` throws, and Error outside a notebook
 *
 * @example
 * const showModel = showing(drawModel);
 */
export function showing<Given extends unknown[]>(
  draw: (...given: Given) => string | Promise<string>,
): (...given: Given) => Promise<void> {
  return async (...given) => showSvg(await draw(...given), draw);
}
