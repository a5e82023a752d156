/** An error that the user can do something about. Shown as it is, without a stack. */
export class UserError extends Error {
  /** @param message one sentence that names the component; @param nextStep what to do about it */
  constructor(message: string, nextStep: string) {
    super(`${message} ${nextStep}`);
    this.name = 'UserError';
  }
}
