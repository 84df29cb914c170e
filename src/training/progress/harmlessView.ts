import { printLine } from '../fit/printLine';
import type { ProgressView } from './progressView';

/**
 * A view whose failure does not end the training: it is reported once, and nothing more is drawn.
 *
 * @param open makes the view; may fail as well
 * @param print receives the sentence; by default it goes to standard output
 */
export async function harmlessView(
  open: () => Promise<ProgressView>,
  print = printLine,
): Promise<ProgressView> {
  let view: ProgressView | undefined;
  const attempt = async (draw: () => void | Promise<void>) => {
    try {
      await draw();
    } catch (error) {
      view = undefined;
      warn(error);
    }
  };
  const warn = (error: unknown) =>
    print(`Cannot draw the progress: ${(error as Error).message}. The training goes on without it`);

  try {
    view = await open();
  } catch (error) {
    warn(error);
  }
  return {
    draw: (progress) => void attempt(() => view?.draw(progress)),
    epochEnd: (progress) => void attempt(() => view?.epochEnd(progress)),
    trainingEnd: () => attempt(() => view?.trainingEnd()),
  };
}
