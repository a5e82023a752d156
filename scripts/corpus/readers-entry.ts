// The sources that scripts use. readers.mjs bundles them.
export { summarise } from '../../src/component/summary';
export { readComponent } from '../../src/component/read-component';
export { readDamage } from '../../src/component/damage';
export { analyseFile } from '../../src/reuse/analyse';
export { describeEvidence } from '../../src/words/evidence';
export { judge } from '../../src/reuse/judge';
export { readUnsupported } from '../../src/component/unsupported';
export { readExportedFunctions } from '../../src/component/exported-functions';
