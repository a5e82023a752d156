// @ts-check
// node scripts/notices.mjs: writes THIRD-PARTY-NOTICES.md. Run it after a dependency changes. Packaging and a unit test fail if the file is stale.
import { writeFileSync } from 'node:fs';
import { build } from './build.mjs';
import { makeNotices, noticesFile } from './setup/third-party.mjs';
import { say } from './setup/say.mjs';

await build();
writeFileSync(noticesFile, makeNotices());
say(noticesFile);
