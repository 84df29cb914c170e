import type { tf } from '../../tensorflow/tf';
import { escapeXml } from '../svg/escapeXml';
import { showing } from '../svg/showSvg';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { lanesOf, type Lanes } from './lanes';
import { largestSide, layerBox, type LayerBox } from './layerBox';
import { type LayerNode, layerNodes } from './layerNodes';

const SMALL_SIZE = 13;
const GREY = '#595959'; // contrast 7 : 1 on the card
const LINE = '#767676';

const HEAD = 30;
const ROW = { least: 38, gap: 22 };
const LANE = { least: 24, gap: 20 };
const COLUMNS = { name: 340, shape: 130, parameters: 100 };

/**
 * Draws the layers of a network from its input down to its output: each as a box whose size follows its feature maps, and
 * beside it what it is, the shape that it gives, and how many parameters it has. Branches stand beside each other.
 *
 * @param model sequential or functional, built; it stays the caller's. Of more than 100 layers the last ones are described in
 *   one row
 * @returns a self-contained SVG document, about 10 kB for ten layers
 * @throws {TypeError} when it is no layers model, or does not know its input's shape yet
 *
 * @example
 * const svg = drawModel(buildHappyOrSad());
 */
export function drawModel(model: tf.LayersModel): string {
  const nodes = layerNodes(model);
  const largest = largestSide(nodes);
  const boxes = nodes.map((node) => layerBox(node, largest));
  const lanes = lanesOf(nodes.map(({ from }) => from));
  const positions = positionsOf(boxes, lanes);
  const left = positions.width + LANE.gap;
  const rows = nodes.map((node, i) => drawRow(node, positions.boxes[i]!.middle, left));
  const width = left + COLUMNS.name + COLUMNS.shape + COLUMNS.parameters;
  const total = totalOf(model);
  return svgCard({
    width,
    height: positions.height + 36,
    title: modelTitle(model, nodes, total),
    content: [
      drawHead(left, width),
      drawConnections(lanes, positions),
      boxes
        .map(
          ({ svg }, i) =>
            `<g transform="translate(${positions.boxes[i]!.left} ${positions.boxes[i]!.top})">${svg}</g>`,
        )
        .join(''),
      ...rows,
      `<text x="${width}" y="${positions.height + 28}" text-anchor="end" font-weight="bold">${total}</text>`,
    ].join(''),
  });
}

/**
 * Shows the layers of a network under the running notebook cell, stored in the notebook with an alternative text. Keras' is
 * `keras.utils.plot_model`.
 *
 * @param model as for {@link drawModel}
 * @throws what {@link drawModel} throws, and Error outside a notebook
 *
 * @example
 * await showModel(buildHappyOrSad());
 */
export const showModel = showing(drawModel);

/** Where the boxes stand. */
interface Positions {
  /** Of each also the middle of its row, for the text. */
  boxes: { left: number; top: number; bottom: number; middle: number }[];
  /** Middles of the lanes. */
  lanes: number[];
  width: number;
  height: number;
}

function positionsOf(boxes: readonly LayerBox[], { nodes, connections }: Lanes): Positions {
  const count = 1 + Math.max(...nodes, ...connections.map(({ lane }) => lane));
  const widths = Array.from({ length: count }, (_, lane) =>
    Math.max(LANE.least, ...boxes.filter((_box, i) => nodes[i] === lane).map(({ width }) => width)),
  );
  const lanes: number[] = [];
  let right = 0;
  for (const width of widths) {
    lanes.push(right + width / 2);
    right += width + LANE.gap;
  }
  let top = HEAD;
  const placed = boxes.map(({ width, height }, i) => {
    const row = Math.max(ROW.least, height);
    const middle = top + row / 2;
    top += row + ROW.gap;
    return {
      left: Math.round(lanes[nodes[i]!]! - width / 2),
      top: Math.round(middle - height / 2),
      bottom: Math.round(middle + height / 2),
      middle: Math.round(middle),
    };
  });
  return {
    boxes: placed,
    lanes: lanes.map(Math.round),
    width: right - LANE.gap,
    height: top - ROW.gap,
  };
}

function drawHead(left: number, width: number): string {
  return (
    `<g font-weight="bold"><text x="${left}" y="14">layer</text>` +
    `<text x="${left + COLUMNS.name}" y="14">gives</text>` +
    `<text x="${width}" y="14" text-anchor="end">parameters</text></g>`
  );
}

/** From a box straight down, over to the connection's lane, and over to the next box just above it. */
function drawConnections({ nodes, connections }: Lanes, { lanes, boxes }: Positions): string {
  const paths = connections.map(({ from, to, lane }) => {
    const [x0, x1, x2] = [lanes[nodes[from]!]!, lanes[lane]!, lanes[nodes[to]!]!];
    const [y0, y2] = [boxes[from]!.bottom, boxes[to]!.top - 1];
    const over = x1 === x0 ? '' : `V${y0 + 8}H${x1}`;
    const back = x2 === x1 ? '' : `V${y2 - 10}H${x2}`;
    return `M${x0},${y0}${over}${back}V${y2}M${x2 - 4},${y2 - 6}L${x2},${y2}L${x2 + 4},${y2 - 6}`;
  });
  return `<path d="${paths.join('')}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`;
}

function drawRow(node: LayerNode, middle: number, left: number): string {
  const { name, kind, shape, parameters, isShared, isFrozen } = node;
  const fitting = (text: string, size: number) =>
    escapeXml(wrapLabel(text.replace(/\s+/g, ' '), (COLUMNS.name - 8) / size, 1)[0] ?? '');
  const count = isShared ? 'shared' : format(parameters);
  const right = left + COLUMNS.name + COLUMNS.shape + COLUMNS.parameters;
  return (
    `<text x="${left}" y="${middle - 3}">${fitting(name, FONT_SIZE)}</text>` +
    `<text x="${left}" y="${middle + 14}" font-size="${SMALL_SIZE}" fill="${GREY}">${fitting(kind, SMALL_SIZE)}</text>` +
    `<text x="${left + COLUMNS.name}" y="${middle + 5}">${formatShape(shape)}</text>` +
    `<text x="${right}" y="${middle + (isFrozen ? -3 : 5)}" text-anchor="end">${count}</text>` +
    (isFrozen
      ? `<text x="${right}" y="${middle + 14}" text-anchor="end" font-size="${SMALL_SIZE}" fill="${GREY}">frozen</text>`
      : '')
  );
}

function totalOf(model: tf.LayersModel): string {
  const parameters = model.countParams();
  const trainable = model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((product, side) => product * (side ?? 1), 1),
    0,
  );
  const all = `${format(parameters)} ${parameters === 1 ? 'parameter' : 'parameters'}`;
  return trainable === parameters ? all : `${all}, ${format(trainable)} of them trainable`;
}

function modelTitle(model: tf.LayersModel, nodes: readonly LayerNode[], total: string): string {
  const descriptions = nodes.map(({ name, kind, shape, parameters, from }) => {
    const names = from.map((index) => nodes[index]!.name).join(' and ');
    const source = from.length > 1 ? ` from ${names}` : '';
    const count = parameters === 0 ? '' : `, ${format(parameters)} parameters`;
    return `${name} (${kind})${source} gives ${formatShape(shape)}${count}`;
  });
  return `Network ${JSON.stringify(model.name)}, ${total}: ${descriptions.join('; ')}`;
}

function formatShape(shape: LayerNode['shape']): string {
  return shape.length === 0
    ? '1'
    : shape.map((side) => (side === null ? '?' : format(side))).join(' × ');
}

function format(number: number): string {
  return number.toLocaleString('en-US');
}
