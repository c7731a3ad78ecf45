/** Entry of the tests that run inside the extension host: VS Code calls `run` once the host is up. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { describeApi } from './suite/api';
import { describeCommands } from './suite/commands';
import { describeDefinitions } from './suite/definitions';
import { describeInlineSuggest } from './suite/inlineSuggest';
import { describeLanguageModels } from './suite/languageModels';
import { describeProposals } from './suite/proposals';
import { describeReadable } from './suite/readable';
import { describeRestricted } from './suite/restricted';
import { describeSettings } from './suite/settings';
import { describeVirtual } from './suite/virtual';

/** What one test came to, as the runner outside reads it. */
export interface Result {
  readonly title: string;
  readonly milliseconds: number;
  readonly error?: string;
}

/** Writes the results to the file that `MINNOW_E2E_REPORT` names, and rejects when a test has failed. */
export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Silent });
  // Makes `describe` and `it` global, as loading a file would.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  const { MINNOW_E2E_SUITE: suite } = process.env;
  if (suite === 'virtual') describeVirtual();
  else if (suite === 'restricted') describeRestricted();
  else describeAll();
  const results: Result[] = [];
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeFileSync(process.env.MINNOW_E2E_REPORT ?? 'report.json', JSON.stringify(results));
      if (failures > 0) reject(new Error(`${failures} tests have failed.`));
      else resolve();
    });
    const milliseconds = (test: Mocha.Test) => test.duration ?? 0;
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), milliseconds: milliseconds(test) }));
    runner.on('pending', (test) => results.push({ title: `skipped: ${test.fullTitle()}`, milliseconds: 0 }));
    runner.on('fail', (test, error: Error) => {
      results.push({ title: test.fullTitle(), milliseconds: milliseconds(test), error: error.stack ?? error.message });
    });
  });
}

function describeAll(): void {
  describeCommands();
  describeSettings();
  describeInlineSuggest();
  describeDefinitions();
  describeReadable();
  describeProposals();
  describeLanguageModels();
  describeApi();
}

/** Prints nothing: the extension host's console is not read. */
class Silent extends Mocha.reporters.Base {}
