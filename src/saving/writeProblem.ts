export { writeProblem } from '../images/writeProblem';
