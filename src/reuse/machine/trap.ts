/** A trap of the guest's code, thrown inside the machine and turned into an event at its edge. */
export class Trap extends Error {}

/** Why the machine cannot go on: the code does something that it does not model. */
export class Unsupported extends Error {}
