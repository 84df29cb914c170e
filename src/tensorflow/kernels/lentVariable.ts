import { attribute, nativeLibrary } from '../native/nativeBackend';
import { createTensor, dataOf, tensorId } from '../native/tensorId';
import type { tf } from '../native/tfjs';

/** TensorFlow's word for a resource that shall have a name of its own. */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/**
 * A resource of TensorFlow, on which its training ops work: it borrows the value of a tfjs variable, an op updates it,
 * and the variable gets it back. Of one resource and its shape TensorFlow asks nothing, so one serves many variables.
 */
export class LentVariable {
  /** The binding's number for the resource, an input of the op. */
  readonly handle: number;
  private readonly dtype;
  private lender: tf.Variable | undefined;

  constructor() {
    this.dtype = attribute.float('dtype');
    const attributes = [
      this.dtype,
      attribute.shape('shape', []),
      attribute.string('shared_name', ANONYMOUS),
      attribute.string('container', ''),
    ];
    this.handle = nativeLibrary().binding.executeOp('VarHandleOp', attributes, [], 1)[0]!.id;
  }

  /**
   * Takes the variable's value until {@link giveBack}. TensorFlow updates memory in place that nobody else refers to, and
   * copies it otherwise. So tfjs's reference is given up, unless a clone shares it, whose value must stay.
   */
  borrow(variable: tf.Variable): void {
    const { binding } = nativeLibrary();
    const id = tensorId(variable);
    binding.executeOp('AssignVariableOp', [this.dtype], [this.handle, id], 0);
    this.lender = variable;
    if (dataOf(variable).refCount === 1) binding.deleteTensor(id);
  }

  /** Gives the variable its value, changed or not; nothing happens if none was taken. */
  giveBack(): void {
    const variable = this.lender;
    if (!variable) return;
    this.lender = undefined;
    const [value] = nativeLibrary().binding.executeOp(
      'ReadVariableOp',
      [this.dtype],
      [this.handle],
      1,
    );
    const data = dataOf(variable);
    if (data.refCount === 1) {
      data.id = value!.id;
      return;
    }
    const tensor = createTensor(value!);
    variable.assign(tensor);
    tensor.dispose();
  }

  /** Frees the resource in TensorFlow. */
  dispose(): void {
    const { binding } = nativeLibrary();
    const attributes = [attribute.bool('ignore_lookup_error', true)];
    binding.executeOp('DestroyResourceOp', attributes, [this.handle], 0);
    binding.deleteTensor(this.handle);
  }
}
