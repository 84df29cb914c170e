/**
 * Where Keras 3 puts the weights of layers: `layers/conv2d`, `layers/conv2d_1`, … after their class and their order
 * among those of the same class, whatever their names are.
 *
 * Source: `_save_container_state` in keras/src/saving/saving_lib.py, `to_snake_case` in keras/src/utils/naming.py
 *
 * @param classNames Keras' classes of the layers, in the model's order
 * @param folder what the model's own path is, for a model that is a layer of another
 */
export function layerPaths(classNames: readonly string[], folder = ''): string[] {
  const seen = new Map<string, number>();
  return classNames.map((className) => {
    const name = layerFolder(className);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return `${folder}layers/${name}${before === 0 ? '' : `_${before}`}`;
  });
}

function layerFolder(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
