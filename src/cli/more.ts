import { call } from './call';
import { check } from './check';
import { inspect } from './inspect';
import { explainRepeatedTrap, spentReason } from './repeated-trap';

/** What a plain `run` does not need: a bundle of its own, so that it does not wait for it. */
export const more = { call, check, inspect, explainRepeatedTrap, spentReason };
