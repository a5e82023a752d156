import { call } from './call';
import { check } from './check';
import { compareOnEngines } from './compare-engines';
import { inspect } from './inspect';
import { explainRepeatedTrap, spentReason } from './repeated-trap';

/** What a plain `run` does not need: a bundle of its own, so that it does not wait for it. */
export const more = { call, check, compareOnEngines, inspect, explainRepeatedTrap, spentReason };
