import type { tf } from '../native/tfjs';

/** Parts of a model that its types call private. */
interface Compiling {
  compile(args: tf.ModelCompileArgs): void;
  optimizer_?: tf.Optimizer;
  isOptimizerOwned?: boolean;
}

/** Lets a kind of model be as it was before, compiled or not, when `compile` throws; tfjs's would be compiled in part. */
export function compileWholly(prototype: Compiling): void {
  const { compile } = prototype;
  prototype.compile = function (this: Compiling, args) {
    const before: Partial<Compiling> = { ...this };
    try {
      compile.call(this, args);
    } catch (error) {
      const { optimizer_: made, isOptimizerOwned } = this;
      if (isOptimizerOwned && made !== before.optimizer_) made?.dispose();
      for (const field of Object.keys(this))
        if (!(field in before)) Reflect.deleteProperty(this, field);
      Object.assign(this, before);
      throw error;
    }
  };
}
