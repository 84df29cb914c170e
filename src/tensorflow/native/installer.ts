/**
 * Makes of something that changes tfjs what does it once a process, however often it is called, and never with
 * `SMILE_STOCK_KERNELS=1`, which leaves tfjs as it is.
 */
export function installer(change: () => void): () => void {
  let isInstalled = false;
  return () => {
    if (isInstalled || process.env['SMILE_STOCK_KERNELS'] === '1') return;
    isInstalled = true;
    change();
  };
}
