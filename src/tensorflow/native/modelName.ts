/** The name that somebody has given a model: a Sequential one trains in another, which tfjs calls `…_model`. */
export function modelName({ name }: { name: string }): string {
  return name.replace(/_model$/, '');
}
