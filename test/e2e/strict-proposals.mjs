// code-server switches EVERY proposed API on for EVERY extension (its isProposedApiEnabled is `return true`), so a wrong use of a
// proposal would pass here and fail in VS Code. This puts VS Code's own rule back: only the proposals that the manifest declares.
//   node strict-proposals.mjs <folder lib/vscode>
// Idempotent; exits 1 when a file does not look as expected, that is, in another version of code-server.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Each bundled file, and a proposal that it asks about: by that question the function is found, since its name is minified. */
const files = {
  'out/vs/workbench/api/node/extensionHostProcess.js': 'inlineCompletionsAdditions',
  'out/vs/workbench/api/worker/extensionHostWorkerMain.js': 'inlineCompletionsAdditions',
  'out/vs/code/browser/workbench/workbench.js': 'chatParticipantPrivate',
};

const vscode = process.argv[2];
for (const [file, proposal] of Object.entries(files)) {
  const place = path.join(vscode, file);
  const text = fs.readFileSync(place, 'utf8');
  const { found, result } = putRuleBack(text, proposal);
  const done = /function [\w$]+\(\w,\w\)\{return!!\(\w&&\w\.enabledApiProposals&&/.test(text);
  if (found === 1) fs.writeFileSync(place, result);
  else if (found !== 0 || !done) {
    console.error(`${file}: ${found} places match instead of 1. Check this version of code-server.`);
    process.exit(1);
  }
}

function putRuleBack(text, proposal) {
  let found = 0;
  const result = text.replace(/function ([\w$]+)\((\w),(\w)\)\{return!0\}/g, (all, name, extension, asked) => {
    const call = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\([\\w$.]+,"${proposal}"\\)`);
    if (!call.test(text)) return all;
    found++;
    const declared = `${extension}.enabledApiProposals`;
    return `function ${name}(${extension},${asked}){return!!(${extension}&&${declared}&&${declared}.includes(${asked}))}`;
  });
  return { found, result };
}
