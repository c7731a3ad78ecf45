#!/usr/bin/env bash
# Installs the workbench if need be, then runs the end-to-end tests on the package in dist/. Arguments go to mocha, e.g. -g 'ghost text'.
# Needs "npm run build" and "npm run package" before. Screenshots and logs: .run/e2e.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bash test/e2e/install.sh
rm -rf .run/e2e/shots
exec node_modules/.bin/mocha --timeout 120000 --slow 15000 --retries "$([ -n "${CI:-}" ] && echo 2 || echo 0)" 'dist/test/e2e/*.test.cjs' "$@"
