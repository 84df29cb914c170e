import type { CalledEngine } from './callEngine';
import { byId, download, element, percent } from './dom';
import type { Question } from './engine';

const PICTURES = 20;
const MOST_CLASSES = 8;
/** So that 20 pictures take four seconds, in which one moves. */
const EVERY = 200; // ms

/** What «Teach me» needs of the page. */
export interface Classroom {
  engine: CalledEngine;
  /** The picture that is shown now; undefined where there is none. */
  current(): Question | undefined;
  /** Whether the next one will be another. */
  isMoving(): boolean;
  /** A network was taught, with these classes. */
  onTaught(classNames: string[]): void;
}

interface Row {
  name: HTMLInputElement;
  take: HTMLButtonElement;
  count: HTMLElement;
  pictures: number;
}

const rows: Row[] = [];
const note = (text: string): void => void (byId('teach-note').textContent = text);

/** «Teach me»: pictures of some classes are collected, and a network learns to tell them apart. */
export function offerTeaching(classroom: Classroom, backbone: string): void {
  byId('teach').hidden = false;
  byId('backbone-name').textContent = backbone;
  const add = byId<HTMLButtonElement>('add-class');
  const addRow = () => {
    rows.push(makeRow(classroom, rows.length));
    add.disabled = rows.length === MOST_CLASSES;
  };
  addRow();
  addRow();
  add.addEventListener('click', () => {
    addRow();
    rows.at(-1)!.name.focus();
  });
  byId('learn').addEventListener('click', () => learn(classroom));
  byId('download').addEventListener('click', async () => {
    const archive = await classroom.engine.pack();
    download('taught.zip', new Blob([archive], { type: 'application/zip' }));
    note(
      'Downloaded taught.zip. Unpack it, and let it answer by: npx smile-lab predict --model taught me.jpg',
    );
  });
}

function makeRow(classroom: Classroom, label: number): Row {
  const name = element('input', { type: 'text', value: `class ${label + 1}`, maxLength: 60 });
  const take = element('button', { type: 'button' }, `Take ${PICTURES} pictures`);
  const forget = element('button', { type: 'button' }, 'Forget them');
  const count = element('span', { className: 'note' }, 'none yet');
  const row: Row = { name, take, count, pictures: 0 };
  for (const button of [take, forget]) {
    const what = button.textContent;
    const describe = () => button.setAttribute('aria-label', `${what}: ${name.value}`);
    describe();
    name.addEventListener('input', describe);
  }
  take.addEventListener('click', () => collect(classroom, row, label));
  forget.addEventListener('click', async () => {
    await classroom.engine.forget(label);
    showCount(row, 0);
  });
  const labelled = element('label', {}, `Class ${label + 1}`, name);
  byId('classes').append(element('li', {}, labelled, take, forget, count));
  return row;
}

function showCount(row: Row, pictures: number): void {
  row.pictures = pictures;
  row.count.textContent = pictures === 1 ? '1 picture' : `${pictures} pictures`;
  byId<HTMLButtonElement>('learn').disabled = rows.filter((each) => each.pictures > 0).length < 2;
}

async function collect(classroom: Classroom, row: Row, label: number): Promise<void> {
  if (!classroom.current()) return note('Start the camera first, or open a picture.');
  const wanted = classroom.isMoving() ? PICTURES : 1;
  rows.forEach(({ take }) => (take.disabled = true));
  try {
    note('One moment: the network that has learnt to see is loaded …');
    await classroom.engine.startTeaching();
    let missed = 0;
    for (let taken = 0; taken < wanted && missed < PICTURES;) {
      const question = classroom.current();
      if (!question) break;
      const [pictures] = await Promise.all([
        classroom.engine.learn(question, label),
        new Promise((resolve) => setTimeout(resolve, EVERY)),
      ]);
      if (pictures === undefined) missed += 1;
      else {
        taken += 1;
        showCount(row, pictures);
      }
    }
    const seen = `${row.pictures} pictures of «${row.name.value}»`;
    note(missed > 0 ? `${seen}; in ${missed} others no face was found.` : `${seen}.`);
  } catch (error) {
    note(`Cannot take pictures: ${(error as Error).message}`);
  } finally {
    rows.forEach(({ take }) => (take.disabled = false));
  }
}

async function learn({ engine, onTaught }: Classroom): Promise<void> {
  const classNames = rows.map(({ name }) => name.value.trim());
  const empty = rows.findIndex(({ pictures }) => pictures === 0);
  if (empty >= 0) return note(`«${classNames[empty]}» has no pictures yet.`);
  if (classNames.includes('') || new Set(classNames).size < classNames.length) {
    return note('Give each class a name of its own.');
  }
  const button = byId<HTMLButtonElement>('learn');
  button.disabled = true;
  try {
    note('Learning …');
    const share = await engine.train(classNames);
    note(
      `Learnt. It names ${percent(share)} of its own pictures rightly; what it does with others you see above.`,
    );
    byId<HTMLButtonElement>('download').disabled = false;
    byId('who').hidden = false;
    onTaught(classNames);
  } catch (error) {
    note(`Cannot learn: ${(error as Error).message}`);
  } finally {
    button.disabled = false;
  }
}
