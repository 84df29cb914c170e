/** So many characters fit into a cell of JupyterLab, in a window of 1280 pixels with its file browser open. */
export const NOTEBOOK_WIDTH = 105;
