import { tf } from '../native/tfjs';

/** One operation of the forward pass, on the tape of tfjs's engine. */
interface TapeNode {
  saved?: tf.Tensor[];
  gradient?: (dys: tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/** Parts of tfjs's engine that its types call private. */
interface Engine {
  state: { gradientDepth: number; activeTape: TapeNode[] | null };
  gradients<T extends tf.Tensor>(
    f: () => T,
    xs: tf.Tensor[],
    dy?: T,
    allowNoGradients?: boolean,
  ): { value: T; grads: tf.Tensor[] };
}

/**
 * Lets a backward pass give back each gradient, and what was saved for it, as soon as the operation before it has its own:
 * tfjs keeps those of all layers until the pass is over, more than twice the memory.
 *
 * Gradients of gradients, which need them all once more, stay as they are.
 */
export function installFreedGradients(): void {
  const engine = tf.engine() as unknown as Engine;
  const { gradients } = engine;
  engine.gradients = function (this: Engine, f, xs, dy, allowNoGradients) {
    if (this.state.gradientDepth > 0)
      return gradients.call(this, f, xs, dy, allowNoGradients) as never;
    const forward = () => {
      const y = f();
      freeWalked(this.state.activeTape ?? [], dy);
      return y;
    };
    return gradients.call(this, forward, xs, dy, allowNoGradients) as never;
  };
}

/** Each node frees what the one that was walked before it has used. */
function freeWalked(tape: readonly TapeNode[], given: tf.Tensor | undefined): void {
  const handedOn = new Map<tf.Tensor, number>();
  let used: { dys: tf.Tensor[]; saved: tf.Tensor[] } = { dys: [], saved: [] };
  // A gradient of one's own may hand on what it got, or the same to several inputs: somebody else needs it then.
  const isFree = (dy: tf.Tensor) => !dy.kept && dy !== given && (handedOn.get(dy) ?? 0) < 2;
  for (const node of tape) {
    const { gradient, saved = [] } = node;
    if (!gradient) continue;
    node.gradient = (dys) => {
      tf.dispose(used.dys.filter(isFree));
      tf.dispose(used.saved);
      used = { dys: dys.filter((dy) => dy !== null), saved };
      return Object.fromEntries(
        Object.entries(gradient(dys)).map(([input, compute]) => [
          input,
          () => {
            const dx = compute();
            handedOn.set(dx, (handedOn.get(dx) ?? 0) + 1);
            return dx;
          },
        ]),
      );
    };
  }
}
